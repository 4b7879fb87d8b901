import sys

from luotsi.cli import main

sys.exit(main())
