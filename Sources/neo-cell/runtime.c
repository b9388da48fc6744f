// The package manager links every program with the start of Swift's runtime, which calls this one function of it. Nothing
// here is Swift; with a function of our own, nine megabytes and their start stay out of a program that every run waits for.
void swift_addNewDSOImage(const void *image);

void swift_addNewDSOImage(const void *image) { (void)image; }
