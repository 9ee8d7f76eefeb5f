package org.isochron.sequencer.replica;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.function.LongConsumer;
import org.agrona.concurrent.UnsafeBuffer;
import org.isochron.codecs.frame.Crc32c;

/**
 * A snapshot as a file, little-endian: a {@link SnapshotHeader}; the state in chunks of at most a mebibyte, each {@code
 * length i32, crc32c i32 of the bytes} and the bytes; a trailer {@code total length i64, SHA-256 of everything before the
 * trailer}. Nothing is taken from a file that is not sound to its last byte.
 */
public final class SnapshotFile {
    private static final int CHUNK_HEADER = 8;
    private static final int CHUNK = StateImage.BLOCK_LONGS * Long.BYTES;
    private static final int SHA_BYTES = 32;
    private static final int TRAILER = Long.BYTES + SHA_BYTES;

    private final Path path;
    private final ByteBuffer bytes =
            ByteBuffer.allocateDirect(CHUNK_HEADER + CHUNK).order(LITTLE_ENDIAN);
    private final UnsafeBuffer buffer = new UnsafeBuffer(bytes);

    public SnapshotFile(final Path path) {
        this.path = path;
    }

    /**
     * Writes all of it and brings it to the disk.
     *
     * @throws SnapshotException when that fails; what is there then is of no use.
     */
    public void write(final SnapshotHeader header, final StateImage image) {
        try (FileChannel file = FileChannel.open(
                path, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            final MessageDigest sha = sha256();
            header.encode(buffer);
            put(file, sha, SnapshotHeader.LENGTH);
            long left = image.size();
            for (int block = 0; left > 0; block++) {
                final int longs = (int) Math.min(left, StateImage.BLOCK_LONGS);
                bytes.clear().position(CHUNK_HEADER);
                bytes.asLongBuffer().put(image.block(block), 0, longs);
                final int length = longs * Long.BYTES;
                buffer.putInt(0, length, LITTLE_ENDIAN);
                buffer.putInt(4, Crc32c.compute(buffer, CHUNK_HEADER, length), LITTLE_ENDIAN);
                put(file, sha, CHUNK_HEADER + length);
                left -= longs;
            }
            bytes.clear();
            bytes.putLong(file.position() + TRAILER).put(sha.digest()).flip();
            while (bytes.hasRemaining()) {
                file.write(bytes);
            }
            file.force(true);
        } catch (final IOException ex) {
            throw new SnapshotException(path.getFileName() + " cannot be written: " + ex.getMessage(), ex);
        }
    }

    private void put(final FileChannel file, final MessageDigest sha, final int length) throws IOException {
        sha.update(bytes.clear().limit(length).slice());
        bytes.rewind();
        while (bytes.hasRemaining()) {
            file.write(bytes);
        }
    }

    /**
     * Reads what it says of itself; the state behind it is not looked at.
     *
     * @throws SnapshotException when it is too short or its header damaged.
     */
    public SnapshotHeader header() {
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ)) {
            get(file, SnapshotHeader.LENGTH);
            return SnapshotHeader.decode(name(), buffer);
        } catch (final IOException ex) {
            throw new SnapshotException(name() + " cannot be read: " + ex.getMessage(), ex);
        }
    }

    /** Bytes of it. */
    public long length() {
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ)) {
            return file.size();
        } catch (final IOException ex) {
            throw new SnapshotException(name() + " cannot be read: " + ex.getMessage(), ex);
        }
    }

    /**
     * Reads all of it, holding every checksum against its bytes.
     *
     * @param image    receives the state, in place of what it held.
     * @param progress told the bytes read so far.
     * @throws SnapshotException          when it is not whole and sound.
     * @throws UnreadableVersionException when it is of another version.
     */
    public SnapshotHeader read(final StateImage image, final LongConsumer progress) {
        image.clear();
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ)) {
            final MessageDigest sha = sha256();
            get(file, SnapshotHeader.LENGTH);
            final SnapshotHeader header = SnapshotHeader.decode(name(), buffer);
            header.requireSchema(name());
            if (file.size() != lengthFor(header.imageLongs())) {
                throw new SnapshotException(name() + ": has " + file.size() + " bytes, "
                        + lengthFor(header.imageLongs()) + " are needed: it was cut off or added to");
            }
            sha.update(bytes.rewind());
            long left = header.imageLongs();
            for (int block = 0; left > 0; block++) {
                final int longs = (int) Math.min(left, StateImage.BLOCK_LONGS);
                chunk(file, sha, block, longs * Long.BYTES);
                bytes.position(CHUNK_HEADER);
                bytes.asLongBuffer().get(image.block(block), 0, longs);
                image.grow(longs);
                left -= longs;
                progress.accept(file.position());
            }
            trailer(file, sha);
            return header;
        } catch (final IOException ex) {
            throw new SnapshotException(name() + " cannot be read: " + ex.getMessage(), ex);
        }
    }

    private void chunk(final FileChannel file, final MessageDigest sha, final int index, final int length)
            throws IOException {
        get(file, CHUNK_HEADER + length);
        if (buffer.getInt(0, LITTLE_ENDIAN) != length
                || buffer.getInt(4, LITTLE_ENDIAN) != Crc32c.compute(buffer, CHUNK_HEADER, length)) {
            throw new SnapshotException(name() + ": chunk " + index + " is damaged");
        }
        sha.update(bytes.slice());
    }

    private void trailer(final FileChannel file, final MessageDigest sha) throws IOException {
        get(file, TRAILER);
        final byte[] said = new byte[SHA_BYTES];
        final long length = bytes.getLong();
        bytes.get(said);
        if (length != file.size() || !MessageDigest.isEqual(said, sha.digest())) {
            throw new SnapshotException(name() + ": its bytes have another SHA-256 than its trailer says");
        }
    }

    /** Fills the buffer from the file's position on, ready to be read from its beginning. */
    private void get(final FileChannel file, final int length) throws IOException {
        bytes.clear().limit(length);
        while (bytes.hasRemaining()) {
            if (file.read(bytes) < 0) {
                throw new SnapshotException(name() + ": ends after " + file.size() + " bytes");
            }
        }
        bytes.flip();
    }

    private static long lengthFor(final long longs) {
        final long chunks = (longs + StateImage.BLOCK_LONGS - 1) / StateImage.BLOCK_LONGS;
        return SnapshotHeader.LENGTH + chunks * CHUNK_HEADER + longs * Long.BYTES + TRAILER;
    }

    /** Without its directory, for messages. */
    public String name() {
        return path.getFileName().toString();
    }

    public Path path() {
        return path;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (final NoSuchAlgorithmException ex) {
            throw new IllegalStateException("every Java platform has SHA-256", ex);
        }
    }
}
