"""The county's forms: which there are, and making one: questions, texts, scores, trying it, putting it to use.

words     what types, states and refusals are called     texts     texts in three languages as fields of a page
itemform  one question as a page's form                  meanings  scores, outcomes and dangers as pages' forms
preview   the form as its filler sees it                 frame     what every page of a draft shows around itself
pages     the pages themselves
"""
