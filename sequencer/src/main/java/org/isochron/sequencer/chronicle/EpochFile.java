package org.isochron.sequencer.chronicle;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;
import org.isochron.codecs.frame.XxHash64;
import org.isochron.sequencer.edge.EpochPromise;
import org.isochron.sequencer.edge.EpochStand;

/**
 * A journal's epochs, in a small file that its owner and a promotion share:
 *
 * <pre>
 *  0 started i32, 4 promised i32, 8 check of these i64, 16 answered sequence i64, 24 answered chain i64,
 * 32 answered epoch i32, written once the promise is on the disk: the owner's
 * 64 requested i32, 68 decided epoch i32, 72 base sequence i64, 80 epoch with accepted loss i32, 84 epoch of the next start
 *    at least i32, 88 last epoch given to a sequencer i32: the promotion's
 * </pre>
 */
final class EpochFile implements EpochPromise, AutoCloseable {
    private static final int FILE_LENGTH = 128;
    private static final int STARTED = 0;
    private static final int PROMISED = 4;
    private static final int CHECK = 8;
    private static final int ANSWERED_SEQUENCE = 16;
    private static final int ANSWERED_CHAIN = 24;
    private static final int ANSWERED = 32;
    private static final int REQUESTED = 64;
    private static final int DECIDED = 68;
    private static final int BASE_SEQUENCE = 72;
    private static final int LOSS_ACCEPTED = 80;
    private static final int BEGIN_AT = 84;
    private static final int GIVEN = 88;

    private final Path path;
    private final MappedByteBuffer mapped;
    private final UnsafeBuffer buffer;
    /** The last epoch given to a sequencer, whose place one with a new disk takes when it starts. */
    private int adopted;

    private boolean closed;

    private EpochFile(final Path path, final MappedByteBuffer mapped) {
        this.path = path;
        this.mapped = mapped;
        buffer = new UnsafeBuffer(mapped);
    }

    /** Opens the file, making it when there is none. */
    static EpochFile open(final Path path) throws IOException {
        final boolean isNew = !Files.exists(path) || Files.size(path) == 0;
        try (FileChannel channel =
                FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            final EpochFile file = new EpochFile(path, channel.map(MapMode.READ_WRITE, 0, FILE_LENGTH));
            if (isNew) {
                file.seal();
            }
            if (file.buffer.getLong(CHECK, LITTLE_ENDIAN) != file.check()) {
                file.close();
                throw new IOException(path + " is damaged, so nothing says which epochs this node has promised");
            }
            return file;
        }
    }

    @Override
    public void requireInPlace() {
        if (requested() > started()) {
            throw new IllegalStateException("epoch " + requested() + " was given to another sequencer, this one (epoch "
                    + started() + ") is fenced; its journal " + path.getParent() + " must not be continued");
        }
    }

    @Override
    public void heed(final String holder, final int lastEpoch, final EpochStand stand) {
        final int own = Math.max(started(), promised());
        if (own == 0) {
            // Never a sequencer's: it takes the log from the others, and begins above whatever they know.
            adopted = Math.max(adopted, stand.given());
            beginAt(Math.max(Math.max(lastEpoch, stand.given()), stand.promised()) + 1);
        } else if (stand.given() > promised() || lastEpoch > own) {
            throw new IllegalStateException("epoch " + Math.max(stand.given(), lastEpoch)
                    + " was given to another sequencer, as " + holder + " knows; this one (epoch " + own
                    + ") is replaced, and its journal " + path.getParent()
                    + " must not be continued; to give it the venue again, promote it into an empty directory");
        } else if (stand.promised() > own) {
            if (stand.decided() != stand.promised()) {
                throw new IllegalStateException(holder + " has promised epoch " + stand.promised()
                        + " to a promotion that has not ended; this sequencer had epoch " + own
                        + ": let the promotion end, or repeat it, then start the one that it names");
            }
            beginAt(stand.promised());
        }
    }

    @Override
    public int start(final int lastEpoch) {
        requireInPlace();
        final int least = Math.max(promised(), buffer.getIntVolatile(BEGIN_AT));
        final int epoch = Math.max(Math.max(started(), lastEpoch), least - 1) + 1;
        buffer.putInt(STARTED, epoch, LITTLE_ENDIAN);
        buffer.putInt(PROMISED, Math.max(promised(), adopted), LITTLE_ENDIAN);
        seal();
        return epoch;
    }

    /** The epoch of the owner's last run as a sequencer, 0 when it never was one. */
    int started() {
        return buffer.getInt(STARTED, LITTLE_ENDIAN);
    }

    @Override
    public int requested() {
        return buffer.getIntVolatile(REQUESTED);
    }

    @Override
    public int promised() {
        return buffer.getInt(PROMISED, LITTLE_ENDIAN);
    }

    @Override
    public void promise(final int epoch, final long sequence, final long chain) {
        buffer.putInt(PROMISED, epoch, LITTLE_ENDIAN);
        seal();
        buffer.putLong(ANSWERED_SEQUENCE, sequence, LITTLE_ENDIAN);
        buffer.putLong(ANSWERED_CHAIN, chain, LITTLE_ENDIAN);
        buffer.putIntVolatile(ANSWERED, epoch);
    }

    /** For others to see; any thread. */
    EpochStand stand() {
        return new EpochStand(promised(), buffer.getIntVolatile(DECIDED), buffer.getIntVolatile(GIVEN));
    }

    /** The epoch promised last, on the owner's disk already when it shows here. */
    int answered() {
        return buffer.getIntVolatile(ANSWERED);
    }

    long answeredSequence() {
        return buffer.getLong(ANSWERED_SEQUENCE, LITTLE_ENDIAN);
    }

    long answeredChain() {
        return buffer.getLong(ANSWERED_CHAIN, LITTLE_ENDIAN);
    }

    @Override
    public long baseSequence() {
        return buffer.getIntVolatile(DECIDED) == promised() ? buffer.getLong(BASE_SEQUENCE, LITTLE_ENDIAN) : -1;
    }

    @Override
    public boolean isLossAccepted(final int epoch) {
        return buffer.getInt(LOSS_ACCEPTED, LITTLE_ENDIAN) == epoch;
    }

    /** Asks the owner to promise an epoch; to a sequencer it says that another has its place. */
    void request(final int epoch) {
        buffer.putIntVolatile(REQUESTED, epoch);
        mapped.force();
    }

    /** A sequencer has the promised epoch; tells where those below it end. */
    void give(final int epoch, final long lastSequenceBefore) {
        buffer.putIntVolatile(GIVEN, epoch);
        decide(epoch, lastSequenceBefore);
    }

    private void decide(final int epoch, final long lastSequenceBefore) {
        buffer.putLong(BASE_SEQUENCE, lastSequenceBefore, LITTLE_ENDIAN);
        buffer.putIntVolatile(DECIDED, epoch);
        mapped.force();
    }

    /**
     * Nobody begins the promised epoch: those below it have no end. Unless the owner still waits for the first frame of one
     * that has been decided: where the one before that ends is as true as it was.
     *
     * @param lastEpoch of the owner's last frame.
     */
    void giveUp(final int epoch, final int lastEpoch) {
        final boolean isAwaited = buffer.getIntVolatile(DECIDED) > lastEpoch;
        decide(epoch, isAwaited ? buffer.getLong(BASE_SEQUENCE, LITTLE_ENDIAN) : Long.MAX_VALUE);
    }

    /** Tells a sequencer that stays in its place under which epoch it is heard again, from its next start on. */
    void beginAt(final int epoch) {
        buffer.putIntVolatile(BEGIN_AT, Math.max(epoch, buffer.getIntVolatile(BEGIN_AT)));
        mapped.force();
    }

    void acceptLoss(final int epoch) {
        buffer.putInt(LOSS_ACCEPTED, epoch, LITTLE_ENDIAN);
        mapped.force();
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            BufferUtil.free(mapped);
        }
    }

    private void seal() {
        buffer.putLong(CHECK, check(), LITTLE_ENDIAN);
        mapped.force();
    }

    private long check() {
        return check(started(), promised());
    }

    private static long check(final int started, final int promised) {
        return XxHash64.mix(((long) started << 32 | promised & 0xFFFF_FFFFL) + 1);
    }
}
