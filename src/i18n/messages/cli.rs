//! What the commands print beside their result.

super::messages! { "cli";
    fn progress(done: Number, total: Number);
}
