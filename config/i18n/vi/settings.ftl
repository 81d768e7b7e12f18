settings-title = Cài đặt
