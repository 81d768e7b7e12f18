list-found = { $found } / { $total } chuyến
list-nothing-found = Không có chuyến nào khớp.
