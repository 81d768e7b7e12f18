unlock-title = Sổ ba cùng
unlock-ask = Mật khẩu
unlock-idle = Đã tự khóa vì lâu không gõ phím.
unlock-key = Đã khóa.
unlock-suspend = Đã khóa vì máy ngủ.
unlock-working = Đang mở…
unlock-wrong = ✖ Sai mật khẩu. Hãy gõ lại.
unlock-forgot = Quên mật khẩu: thoát ra và chạy «bacung recover» với mã khôi phục trên giấy.
