privacy-names-a-citizen = Có tên hoặc số của người dân ghi ở mục riêng: cả đơn vị và chi bộ đọc được ô này.
privacy-exposes = Chưa ghi: { $count } ô nhiều người đọc có tên hoặc số của người dân. Sửa đi, hoặc ghi lần nữa để giữ nguyên.
privacy-step-exposes = Chưa ghi: ở đây có tên hoặc số của người dân, mà cả đơn vị và chi bộ đọc được. Sửa đi, hoặc Enter lần nữa để giữ nguyên.
privacy-amend-exposes = Chưa sửa gì: «{ $field }» có tên hoặc số của người dân ghi ở mục riêng, mà cả đơn vị và chi bộ đọc được. Bỏ tên đi, hoặc thêm --yes để vẫn ghi.
privacy-arg-keep-names = vẫn ghi dù có tên hoặc số của người dân
privacy-hid-names = Ở { $count } dòng, tên hoặc số của người dân nằm trong ô nhiều người đọc đã được thay bằng «…»; tên vẫn giữ ở mục riêng.
