help-title = Phím và lệnh
