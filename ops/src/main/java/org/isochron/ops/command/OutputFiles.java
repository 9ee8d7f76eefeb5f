package org.isochron.ops.command;

import java.nio.file.Files;
import java.nio.file.Path;
import org.isochron.ops.terminal.BadInputException;

/** Files that a command is told to write when its work is done: what would fail then is told before. */
final class OutputFiles {
    private OutputFiles() {}

    /** @param file null for none. */
    static void requireWritable(final String option, final Path file) {
        if (file == null) {
            return;
        }
        final Path directory = file.toAbsolutePath().getParent();
        if (Files.isDirectory(file) || !Files.isDirectory(directory)) {
            throw new BadInputException(option + " is " + file + "; it must be a file in a directory that exists");
        }
        if (!Files.isWritable(Files.exists(file) ? file : directory)) {
            throw new BadInputException(option + " is " + file + ", which cannot be written");
        }
    }
}
