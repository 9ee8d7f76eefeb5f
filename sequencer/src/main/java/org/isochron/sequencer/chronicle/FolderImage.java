package org.isochron.sequencer.chronicle;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The files of a folder in memory, to be put back as often as somebody has damaged them. Sparse ends stay sparse. */
final class FolderImage {
    private final Path folder;
    private final Map<Path, byte[]> contents = new TreeMap<>();
    private final Map<Path, Long> lengths = new TreeMap<>();

    FolderImage(final Path folder) throws IOException {
        this.folder = folder;
        for (final Path file : listed(folder)) {
            if (Files.isRegularFile(file)) {
                final byte[] bytes = Files.readAllBytes(file);
                lengths.put(file, (long) bytes.length);
                contents.put(file, Arrays.copyOf(bytes, usedLength(bytes)));
            }
        }
    }

    private static int usedLength(final byte[] bytes) {
        int length = bytes.length;
        while (length > 0 && bytes[length - 1] == 0) {
            length--;
        }
        return length;
    }

    /** The bytes of a file up to its last one that is not zero. */
    byte[] content(final Path file) {
        return contents.get(file).clone();
    }

    /** The folder is as it was; what was made there since is gone. */
    void restore() throws IOException {
        restoreAt(folder);
    }

    /** The same files in another folder. */
    void restoreAt(final Path place) throws IOException {
        Files.createDirectories(place);
        for (final Path file : listed(place)) {
            Files.delete(file);
        }
        for (final Map.Entry<Path, byte[]> entry : contents.entrySet()) {
            final Path file = place.resolve(entry.getKey().getFileName());
            try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
                out.write(entry.getValue());
                out.setLength(lengths.get(entry.getKey()));
            }
        }
    }

    /** Deepest first. */
    private static List<Path> listed(final Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> !file.equals(folder))
                    .sorted(Comparator.reverseOrder())
                    .toList();
        }
    }
}
