history-title = History
