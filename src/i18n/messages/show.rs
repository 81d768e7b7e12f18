//! What `show` calls the fields of a record that the history has no name for.

super::messages! { "show";
    fn record(kind: Text, code: Words, state: Text);
    fn due();
    fn code();
    fn nights();
    fn origin();
    fn commune();
    fn commune_now();
    fn households();
    fn people();
    fn turns();
    fn value();
    fn by();
    fn cumulative();
    fn opinions();
    fn anonymous();
    fn contact();
    fn linked();
    fn may_be_one();
}
