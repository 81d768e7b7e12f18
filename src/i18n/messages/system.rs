//! Why the operating system refused, a few words within a sentence.

super::messages! { "system";
    fn not_found();
    fn not_permitted();
    fn exists();
    fn not_a_folder();
    fn is_a_folder();
    fn not_empty();
    fn read_only();
    fn full();
    fn too_large();
    fn bad_name();
    fn busy();
    fn slow();
    fn not_text();
    fn cut_short();
    fn nobody_reads();
    fn unsupported();
    fn no_memory();
    fn numbered(number: Words);
    fn unknown();
}
