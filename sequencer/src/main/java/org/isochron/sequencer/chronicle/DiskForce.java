package org.isochron.sequencer.chronicle;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Brings what was written to a file, or the names in a directory, to the disk. */
@FunctionalInterface
interface DiskForce {
    /** The operating system's. Of a file its bytes and what is needed to find them; it returns when the disk has them. */
    DiskForce SYSTEM = path -> {
        final boolean isDirectory = Files.isDirectory(path);
        final StandardOpenOption option = isDirectory ? StandardOpenOption.READ : StandardOpenOption.WRITE;
        try (FileChannel channel = FileChannel.open(path, option)) {
            channel.force(isDirectory);
        }
    };

    void force(Path path) throws IOException;
}
