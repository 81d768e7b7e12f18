help-title = Keys and commands
