cli-progress = { $done } / { $total }
