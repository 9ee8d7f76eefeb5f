package org.isochron.ops.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import org.isochron.ops.terminal.BadInputException;

/** Where a venue that a command makes lives, and where what it is started from lies. */
final class RunDirectory {
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");

    private RunDirectory() {}

    /**
     * The directory given, or {@code run/KIND-TIME}.
     *
     * @param given null for the default.
     */
    static Path of(final Path given, final String kind) {
        return given == null ? Path.of("run", kind + "-" + LocalDateTime.now().format(STAMP)) : given;
    }

    /** The same, which must not exist yet. */
    static Path fresh(final Path given, final String kind) {
        final Path place = of(given, kind);
        if (Files.exists(place)) {
            throw new BadInputException("--directory is " + place + ", which exists; give a new one");
        }
        return place;
    }

    /** Where the jar, the flags and the sample configuration are: told by the launcher. */
    static Path root() {
        final String root = System.getProperty("isochron.root");
        if (root == null) {
            throw new BadInputException(
                    "the property isochron.root is missing; start with ops/isochron, which sets it");
        }
        return Path.of(root);
    }
}
