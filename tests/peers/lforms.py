"""LHC-Forms, the questionnaire renderer of the US National Library of Medicine, in a browser: a second opinion."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, Route

HERE = Path(__file__).parent
_ADDRESS = "http://lforms.test"
_PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>forms</title></head>
<body><div id="form"></div>
<script src="/webcomponent/assets/lib/zone.min.js"></script><script src="/webcomponent/runtime.js"></script>
<script src="/webcomponent/polyfills.js"></script><script src="/webcomponent/main.js"></script>
<script src="/fhir/R4/lformsFHIR.min.js"></script></body></html>"""
_SHOW = """async (form) => {
  await LForms.Util.addFormToPage(form, 'form', {fhirVersion: 'R4'})
    .catch(why => { throw new Error([].concat(why).map(String).join('; ')); });
  let before = '', settled = 0;
  for (let turn = 0; turn < 100 && settled < 4; turn++) {  // until four looks in a row show the same
    await new Promise(done => setTimeout(done, 100));
    const now = JSON.stringify(LForms.Util.getFormFHIRData('QuestionnaireResponse', 'R4').item || []);
    settled = now === before ? settled + 1 : 0;
    before = now;
  }
  return LForms.Util.getFormFHIRData('QuestionnaireResponse', 'R4');
}"""


class Renderer:
    """Shows a questionnaire and reads what its page holds."""

    def __init__(self, browser: Browser) -> None:
        version = json.loads((HERE / "packed.json").read_text("utf-8"))["lforms"]
        self._files = HERE / "node_modules" / ".packed" / f"lforms@{version}" / "dist" / "lforms"
        assert self._files.exists(), "the second opinion needs what `make peers` installs"
        self._page: Page = browser.new_page()
        self._page.route("**/*", self._answer)

    def response(self, questionnaire: Mapping[str, Any]) -> dict[str, Any]:
        """The QuestionnaireResponse of the form as the renderer fills and computes it from its initial values."""
        self._page.goto(f"{_ADDRESS}/")
        return dict(self._page.evaluate(_SHOW, questionnaire))

    def close(self) -> None:
        self._page.close()

    def _answer(self, route: Route) -> None:
        path = route.request.url.removeprefix(_ADDRESS).split("?")[0]
        file = self._files / path.lstrip("/")
        if path == "/":
            route.fulfill(body=_PAGE, content_type="text/html; charset=utf-8")
        elif file.is_file():
            route.fulfill(path=str(file))
        else:
            route.fulfill(status=404, body="")
