// Stubs: empty files and folders that stand where something protected is missing while a run is under way.
#ifndef NEO_CSANDBOX_STUB_H
#define NEO_CSANDBOX_STUB_H

/// Makes a stub; -1 with errno where it cannot, EEXIST where something stands there.
int neo_sandbox_make_stub(const char *path, int is_folder);

/// Whether what stands there is a stub: empty, and with the date that only stubs have.
int neo_sandbox_is_stub(const char *path);

/// Opens a stub and holds a shared lock on it; -1 where there is none.
int neo_sandbox_hold_stub(const char *path);

/// Takes a stub away that is held, if it is still one and nobody else holds it; closes the descriptor.
void neo_sandbox_drop_stub(const char *path, int held);

#endif
