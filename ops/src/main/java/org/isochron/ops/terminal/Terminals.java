package org.isochron.ops.terminal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Tells whether this process's streams are terminals. */
public final class Terminals {
    private static final int STANDARD_OUTPUT = 1;
    private static final int STANDARD_ERROR = 2;

    private Terminals() {}

    public static boolean isOutputTerminal() {
        return isTerminal(STANDARD_OUTPUT);
    }

    public static boolean isErrorTerminal() {
        return isTerminal(STANDARD_ERROR);
    }

    /**
     * Java tells this of input and output together only, and of error not at all, so ask the kernel which file the
     * descriptor is. Where there is no /proc the answer is no: plain lines are right everywhere.
     */
    private static boolean isTerminal(final int descriptor) {
        if ("dumb".equals(System.getenv("TERM"))) {
            return false;
        }
        try {
            final String target = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor))
                    .toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
        } catch (final IOException | UnsupportedOperationException ex) {
            return false;
        }
    }
}
