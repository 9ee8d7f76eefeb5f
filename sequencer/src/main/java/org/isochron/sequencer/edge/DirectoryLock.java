package org.isochron.sequencer.edge;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Set;

/**
 * Makes one process the owner of a directory: an operating system's lock on a file in it, gone with the process however
 * it dies. The file also says who: pid and boot id, for the refusal and for whoever looks at a directory left behind.
 */
public final class DirectoryLock implements AutoCloseable {
    /** Name of the lock file. */
    public static final String FILE_NAME = "lock";

    private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");

    /**
     * Held by this process. Asked before the file is opened, because closing any channel on a file gives up the locks
     * that the process holds on it (POSIX), even those taken through another channel.
     */
    private static final Set<Path> HELD_HERE = new HashSet<>();

    private final Path file;
    private final FileChannel channel;

    private DirectoryLock(final Path file, final FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /**
     * Takes the lock of an existing directory.
     *
     * @throws InUseException       when a process, this one included, has it.
     * @throws UncheckedIOException when the file cannot be written.
     */
    public static DirectoryLock take(final Path directory) {
        return take(directory, FILE_NAME);
    }

    /**
     * The same for a purpose of its own, which keeps nobody from the others.
     *
     * @param fileName of the lock file, by which the purpose is known.
     */
    public static DirectoryLock take(final Path directory, final String fileName) {
        synchronized (HELD_HERE) {
            try {
                final Path real = directory.toRealPath();
                final Path file = real.resolve(fileName);
                if (HELD_HERE.contains(file)) {
                    throw new InUseException(real, "this process, pid=" + pid());
                }
                final DirectoryLock lock = new DirectoryLock(file, lock(file));
                HELD_HERE.add(file);
                return lock;
            } catch (final IOException e) {
                throw new UncheckedIOException("cannot lock " + directory, e);
            }
        }
    }

    public Path directory() {
        return file.getParent();
    }

    @Override
    public void close() {
        synchronized (HELD_HERE) {
            if (HELD_HERE.remove(file)) {
                try {
                    channel.close();
                } catch (final IOException e) {
                    throw new UncheckedIOException("cannot unlock " + file, e);
                }
            }
        }
    }

    private static FileChannel lock(final Path file) throws IOException {
        final FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            final FileLock lock = channel.tryLock();
            if (lock == null) {
                throw new InUseException(
                        file.getParent(), Files.readString(file).strip());
            }
            final String owner = "pid=" + pid() + " boot=" + bootId() + "\n";
            channel.truncate(0);
            channel.write(ByteBuffer.wrap(owner.getBytes(StandardCharsets.UTF_8)), 0);
            channel.force(true);
            return channel;
        } catch (final IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static long pid() {
        return ProcessHandle.current().pid();
    }

    /** The system's id of the machine's last start; "unknown" where it has none. */
    public static String bootId() {
        try {
            return Files.isReadable(BOOT_ID) ? Files.readString(BOOT_ID).strip() : "unknown";
        } catch (final IOException e) {
            throw new UncheckedIOException("cannot read " + BOOT_ID, e);
        }
    }

    /** Another owner has the directory. The message names both. */
    public static final class InUseException extends IllegalStateException {
        private static final long serialVersionUID = 1L;

        private final String owner;

        InUseException(final Path directory, final String owner) {
            super(directory + " is in use by " + owner
                    + "; stop that process, or give this one a directory of its own");
            this.owner = owner;
        }

        /** Who has it, in words. */
        public String owner() {
            return owner;
        }
    }
}
