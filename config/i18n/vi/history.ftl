history-title = Lịch sử
