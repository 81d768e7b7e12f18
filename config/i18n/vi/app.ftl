app-tab-today = Hôm nay
app-tab-visits = Chuyến
app-not-copied = chưa chép { $count }
app-saved-draft = Đã lưu nháp chuyến { $date } { $place } lúc { $time }.
app-too-small = Cần ít nhất { $columns } cột × { $rows } dòng.
app-locked = Sổ đã khóa.
