places-title = Thôn, bản, tổ dân phố
places-none = Chưa có thôn nào: thôn được nhớ khi gõ lần đầu trong một chuyến.
places-ask-name = Tên mới của thôn
places-ask-into = Nhập vào thôn nào?
places-name-missing = Chưa có tên thôn.
