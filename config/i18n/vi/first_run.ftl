first-run-choose-language = Ngôn ngữ
