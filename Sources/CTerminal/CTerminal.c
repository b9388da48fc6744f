#define _GNU_SOURCE
#include "CTerminal.h"

#include <errno.h>
#include <fcntl.h>
#include <locale.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>
#include <wchar.h>

static struct termios before;
static int terminal = -1;
static volatile sig_atomic_t is_taken;

// SIGINT and SIGTERM have handlers of their own, in Swift; nothing helps against SIGKILL.
static const int deadly[] = {SIGHUP, SIGQUIT, SIGABRT, SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGTRAP};
static struct sigaction handlers[sizeof deadly / sizeof *deadly];

static const char marks_on[] = "\033[?2004h";
static const char marks_off[] = "\033[?2004l";

static void put(const char *text, size_t count) {
    ssize_t written = write(terminal, text, count);
    (void)written;
}

static void back(int number) {
    neo_terminal_end();
    for (size_t i = 0; i < sizeof deadly / sizeof *deadly; i++)
        if (deadly[i] == number) sigaction(number, &handlers[i], 0);
    // Swift takes it for a crash, stops all threads and asks at the terminal what to do. Here it is what the user wants.
    if (number == SIGQUIT) {
        struct sigaction now;
        if (sigaction(number, 0, &now) == 0 && now.sa_handler != SIG_IGN) signal(number, SIG_DFL);
    }
    raise(number);
}

int neo_terminal_begin(int descriptor) {
    if (is_taken) return 0;
    if (tcgetattr(descriptor, &before) != 0) return -1;
    struct termios keys = before;
    keys.c_iflag &= ~(tcflag_t)(BRKINT | ICRNL | INLCR | IGNCR | ISTRIP | IXON);
    keys.c_lflag &= ~(tcflag_t)(ECHO | ECHONL | ICANON | ISIG | IEXTEN);
    keys.c_cc[VMIN] = 1;
    keys.c_cc[VTIME] = 0;
    terminal = descriptor;
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_handler = back;
    action.sa_flags = SA_NODEFER;
    for (size_t i = 0; i < sizeof deadly / sizeof *deadly; i++) sigaction(deadly[i], &action, &handlers[i]);
    if (tcsetattr(descriptor, TCSADRAIN, &keys) != 0) {
        int problem = errno;
        for (size_t i = 0; i < sizeof deadly / sizeof *deadly; i++) sigaction(deadly[i], &handlers[i], 0);
        errno = problem;
        return -1;
    }
    is_taken = 1;
    put(marks_on, sizeof marks_on - 1);
    return 0;
}

void neo_terminal_end(void) {
    if (!is_taken) return;
    is_taken = 0;
    int problem = errno;
    put(marks_off, sizeof marks_off - 1);
    tcsetattr(terminal, TCSANOW, &before);
    for (size_t i = 0; i < sizeof deadly / sizeof *deadly; i++) sigaction(deadly[i], &handlers[i], 0);
    errno = problem;
}

void neo_terminal_suspend(void) {
    int descriptor = terminal;
    neo_terminal_end();
    // Threads of a pool have signals blocked; the stop must come here, before anything goes on.
    sigset_t stop, own;
    sigemptyset(&stop);
    sigaddset(&stop, SIGTSTP);
    pthread_sigmask(SIG_UNBLOCK, &stop, &own);
    raise(SIGTSTP);
    pthread_sigmask(SIG_SETMASK, &own, 0);
    neo_terminal_begin(descriptor);
}

void neo_terminal_quit(void) {
    sigset_t quit, own;
    sigemptyset(&quit);
    sigaddset(&quit, SIGQUIT);
    pthread_sigmask(SIG_UNBLOCK, &quit, &own);
    raise(SIGQUIT);
    pthread_sigmask(SIG_SETMASK, &own, 0);
}

int neo_terminal_size(int descriptor, int *columns, int *rows) {
    struct winsize size;
    if (ioctl(descriptor, TIOCGWINSZ, &size) != 0 || size.ws_col == 0 || size.ws_row == 0) return -1;
    *columns = size.ws_col;
    *rows = size.ws_row;
    return 0;
}

int neo_terminal_width(unsigned character) {
    // The system's table, whatever the user's language is.
    static _Atomic(locale_t) known;
    locale_t unicode = known;
    if (unicode == (locale_t)0) {
        locale_t none = (locale_t)0;
        unicode = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
        if (unicode != (locale_t)0 && !atomic_compare_exchange_strong(&known, &none, unicode)) {
            freelocale(unicode);
            unicode = known;
        }
    }
    if (unicode == (locale_t)0) return 1;
    locale_t own = uselocale(unicode);
    int width = wcwidth((wchar_t)character);
    uselocale(own);
    return width;
}
