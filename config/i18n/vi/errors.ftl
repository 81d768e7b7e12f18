errors-config-read = Không đọc được tệp cấu hình { $path } ({ $reason }). Dữ liệu không bị ảnh hưởng; hãy kiểm tra quyền đọc tệp.
errors-config-not-utf8 = { $path }, dòng { $line }: không phải chữ mã UTF-8. Dữ liệu không bị ảnh hưởng; hãy lưu lại tệp bằng mã UTF-8.
errors-config-syntax = { $path }, dòng { $line }: viết sai cú pháp. Dữ liệu không bị ảnh hưởng; hãy sửa dòng này.
errors-config-unknown-key = { $path }, dòng { $line }: không có mục nào tên «{ $key }». Dữ liệu không bị ảnh hưởng; hãy sửa hoặc bỏ dòng này.
errors-config-value = { $path }, dòng { $line }: giá trị của «{ $key }» không hợp lệ. Dữ liệu không bị ảnh hưởng; hãy sửa dòng này.
errors-config-missing = { $path }, dòng { $line }: còn thiếu «{ $key }». Dữ liệu không bị ảnh hưởng; hãy viết thêm.
errors-config-twice = { $path }, dòng { $line }: «{ $key }» đã có ở trên. Dữ liệu không bị ảnh hưởng; hãy bỏ một trong hai.
