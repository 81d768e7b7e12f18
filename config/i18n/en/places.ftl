places-title = Villages
places-none = No village yet: one is remembered when it is first typed in a visit.
places-ask-name = New name of the village
places-ask-into = Merge into which village?
places-name-missing = The name is missing.
