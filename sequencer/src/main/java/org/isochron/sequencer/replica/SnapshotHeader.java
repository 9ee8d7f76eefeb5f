package org.isochron.sequencer.replica;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import org.agrona.concurrent.UnsafeBuffer;
import org.isochron.codecs.frame.Crc32c;
import org.isochron.codecs.frame.Frame;

/**
 * What a snapshot says of itself before its state: {@value #LENGTH} bytes, little-endian, the last four of them the CRC32C
 * of those before.
 *
 * @param schemaVersion of the messages, as in the frames of the journal.
 * @param sequence      of the last command that is in the state.
 * @param epoch         of that command.
 * @param timestampNs   of that command, sequenced time.
 * @param chain         of that command: the next one must carry it.
 * @param booksHash     of the noun, and the others alike.
 * @param imageLongs    length of the state.
 */
public record SnapshotHeader(
        int schemaVersion,
        long sequence,
        int epoch,
        long timestampNs,
        long chain,
        long booksHash,
        long ledgerHash,
        long marksHash,
        long sessionsHash,
        long imageLongs) {
    /** Bytes of it in a file. */
    public static final int LENGTH = 96;

    private static final long MAGIC = 0x50414E534F534931L;
    private static final int FORMAT_VERSION = 1;
    private static final int CRC_OFFSET = LENGTH - Integer.BYTES;

    /** Of the state that a core has now. */
    public static SnapshotHeader of(
            final StateMachine machine,
            final long sequence,
            final int epoch,
            final long timestampNs,
            final long chain,
            final long imageLongs) {
        return new SnapshotHeader(
                Frame.SCHEMA_VERSION,
                sequence,
                epoch,
                timestampNs,
                chain,
                machine.hash(Noun.BOOKS),
                machine.hash(Noun.LEDGER),
                machine.hash(Noun.MARKS),
                machine.hash(Noun.SESSIONS),
                imageLongs);
    }

    /** The one number that stands for the state. */
    public long stateHash() {
        return new StateHash().of(booksHash, ledgerHash, marksHash, sessionsHash);
    }

    /** The noun whose hash a core that took over the state has another of, null when it has the same of all. */
    public Noun dissent(final StateMachine machine) {
        for (int noun = 0; noun < Noun.COUNT; noun++) {
            if (machine.hash(Noun.of(noun)) != hash(Noun.of(noun))) {
                return Noun.of(noun);
            }
        }
        return null;
    }

    /** Hash of one noun. */
    public long hash(final Noun noun) {
        return switch (noun) {
            case BOOKS -> booksHash;
            case LEDGER -> ledgerHash;
            case MARKS -> marksHash;
            case SESSIONS -> sessionsHash;
        };
    }

    void encode(final UnsafeBuffer buffer) {
        buffer.setMemory(0, LENGTH, (byte) 0);
        buffer.putLong(0, MAGIC, LITTLE_ENDIAN);
        buffer.putInt(8, FORMAT_VERSION, LITTLE_ENDIAN);
        buffer.putInt(12, schemaVersion, LITTLE_ENDIAN);
        buffer.putLong(16, sequence, LITTLE_ENDIAN);
        buffer.putLong(24, timestampNs, LITTLE_ENDIAN);
        buffer.putLong(32, chain, LITTLE_ENDIAN);
        buffer.putLong(40, booksHash, LITTLE_ENDIAN);
        buffer.putLong(48, ledgerHash, LITTLE_ENDIAN);
        buffer.putLong(56, marksHash, LITTLE_ENDIAN);
        buffer.putLong(64, sessionsHash, LITTLE_ENDIAN);
        buffer.putLong(72, imageLongs, LITTLE_ENDIAN);
        buffer.putInt(80, epoch, LITTLE_ENDIAN);
        buffer.putInt(CRC_OFFSET, Crc32c.compute(buffer, 0, CRC_OFFSET), LITTLE_ENDIAN);
    }

    /**
     * Reads it.
     *
     * @throws SnapshotException when it is damaged, or of a format or schema version that this build does not read.
     */
    static SnapshotHeader decode(final String file, final UnsafeBuffer buffer) {
        if (buffer.getLong(0, LITTLE_ENDIAN) != MAGIC) {
            throw new SnapshotException(file + ": is no snapshot");
        }
        if (buffer.getInt(CRC_OFFSET, LITTLE_ENDIAN) != Crc32c.compute(buffer, 0, CRC_OFFSET)) {
            throw new SnapshotException(file + ": the header is damaged");
        }
        final int format = buffer.getInt(8, LITTLE_ENDIAN);
        if (format != FORMAT_VERSION) {
            throw new UnreadableVersionException(
                    file + ": format version " + format + ", " + FORMAT_VERSION + " is read here");
        }
        return new SnapshotHeader(
                buffer.getInt(12, LITTLE_ENDIAN),
                buffer.getLong(16, LITTLE_ENDIAN),
                buffer.getInt(80, LITTLE_ENDIAN),
                buffer.getLong(24, LITTLE_ENDIAN),
                buffer.getLong(32, LITTLE_ENDIAN),
                buffer.getLong(40, LITTLE_ENDIAN),
                buffer.getLong(48, LITTLE_ENDIAN),
                buffer.getLong(56, LITTLE_ENDIAN),
                buffer.getLong(64, LITTLE_ENDIAN),
                buffer.getLong(72, LITTLE_ENDIAN));
    }

    /** @throws UnreadableVersionException when another schema version than this build's wrote it. */
    void requireSchema(final String file) {
        if (schemaVersion != Frame.SCHEMA_VERSION) {
            throw new UnreadableVersionException(
                    file + ": schema version " + schemaVersion + ", " + Frame.SCHEMA_VERSION
                            + " is spoken here; start the build that wrote it, or take the snapshots away to replay the journal");
        }
    }
}
