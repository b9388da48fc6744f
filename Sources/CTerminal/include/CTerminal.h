// Calls on terminals that Swift cannot make itself, and the way back that must hold in a signal's handler.
#ifndef NEO_CTERMINAL_H
#define NEO_CTERMINAL_H

/// Has a terminal hand over keys as they are pressed, not lines, and mark what is pasted. 0, or -1 with errno.
///
/// Until `neo_terminal_end`, a signal that ends the process gives the terminal back as it was first. One terminal at a time.
int neo_terminal_begin(int descriptor);

/// Gives the terminal back as it was; does nothing where none was taken. May be called in a signal's handler.
void neo_terminal_end(void);

/// Gives the terminal back, stops the process until its shell lets it go on, and takes the terminal again.
void neo_terminal_suspend(void);

/// Ends the process as Ctrl-\\ does where the terminal makes a signal of it: the terminal is given back first.
void neo_terminal_quit(void);

/// How many columns and rows a terminal has; -1 where it does not say.
int neo_terminal_size(int descriptor, int *columns, int *rows);

/// How many columns a character takes in the terminal: 0 for marks on the one before, 2 for wide ones, -1 where it is not
/// known.
int neo_terminal_width(unsigned character);

#endif
