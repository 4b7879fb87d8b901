"""Filling a questionnaire, for every room: one question a page or whole sections, review, result, paper.

steps   which questions stand on which page           words   what is wrong with an answer, in words
fields  a page's questions as a form, and back         flow    the pages, over whatever keeps the answers
sheets  where answers under way are kept: with a response, or with the browser alone
The rooms above give the addresses; the link, the QR code and the kiosk have theirs in `pages`.
"""
