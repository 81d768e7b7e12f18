errors-config-read = Không đọc được tệp cấu hình { $path }: { $reason }. Dữ liệu không bị ảnh hưởng.
errors-config-not-utf8 = { $path }, dòng { $line }: tệp cấu hình phải là chữ mã UTF-8. Dữ liệu không bị ảnh hưởng; hãy lưu lại tệp bằng mã UTF-8.
errors-config-syntax = { $path }, dòng { $line }: viết sai cú pháp TOML ({ $detail }). Dữ liệu không bị ảnh hưởng; hãy sửa dòng này.
errors-config-unknown-key = { $path }, dòng { $line }: không có mục nào tên «{ $key }». Dữ liệu không bị ảnh hưởng; hãy sửa hoặc bỏ dòng này.
errors-config-value = { $path }, dòng { $line }: giá trị không hợp lệ ({ $detail }). Dữ liệu không bị ảnh hưởng; hãy sửa dòng này.
