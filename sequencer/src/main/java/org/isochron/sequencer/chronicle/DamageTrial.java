package org.isochron.sequencer.chronicle;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.LongConsumer;
import org.agrona.concurrent.UnsafeBuffer;
import org.isochron.codecs.frame.Frame;
import org.isochron.codecs.frame.FrameType;
import org.isochron.sequencer.edge.JournalException;
import org.isochron.sequencer.edge.JournalException.Reason;
import org.isochron.sequencer.edge.JournalReader;

/**
 * Damages a journal of its own in many ways, and holds what opening it says against what was done: its file is cut off at
 * any byte of its end, as a power cut may leave it, and bits, bytes and pages are changed anywhere. The files are put back
 * from memory each time, so a folder in memory serves best.
 */
public final class DamageTrial {
    /** How much of the journal's end is cut off, byte by byte. */
    public static final int TAIL_LENGTH = 64 << 10;

    private static final String NAME = "journal";
    private static final String PEER = "peer";
    private static final int FRAMES = 500;
    /** Of them: what the disk had when the power was cut. */
    private static final int FORCED = 250;

    private static final int MAX_PAYLOAD = 200;
    private static final int PAGE_LENGTH = 4096;
    private static final int ZEROES_PASSED_OVER = 100;
    /** No boot of any machine. */
    private static final long ANOTHER_BOOT = 77;
    /** Every so many recoveries, what was recovered is read back and continued. */
    private static final int CONTINUED_EVERY = 16;
    /** Every so many detected changes is mended from another journal. */
    private static final int REPAIRED_EVERY = 16;

    private final Path root;
    private final ChronicleJournalStore store;
    private final Random random;
    private final long[] chains = new long[FRAMES + 1];
    private final int[] starts = new int[FRAMES + 1];
    private final int[] ends = new int[FRAMES + 1];

    private FolderImage image;
    private Path file;
    private byte[] bytes;
    private long tornRecovered;
    private long lossRefused;
    private long flipsDetected;
    private long flipsHarmless;
    private long repaired;
    private long missed;
    private long replayed;
    private String firstFault = "";

    /**
     * @param root folder for the journals; made when it is not there.
     * @param seed decides what is changed where.
     */
    public DamageTrial(final Path root, final long seed) {
        this.root = root;
        store = new ChronicleJournalStore(root, ChronicleJournalStore.MIN_BLOCK_LENGTH);
        random = new Random(seed);
    }

    /**
     * Runs it.
     *
     * @param truncations cuts, evenly over the last {@value #TAIL_LENGTH} bytes: that many for every byte.
     * @param flips       changes.
     * @param progress    told how many of both are done.
     */
    public DamageReport run(final int truncations, final int flips, final LongConsumer progress) throws IOException {
        write(FORCED);
        losePower();
        takeImage();
        for (int i = 0; i < truncations; i++) {
            image.restore();
            cut(ends[FRAMES] - 1 - (int) ((long) i * TAIL_LENGTH / truncations));
            progress.accept(i + 1L);
        }
        image.restore();
        write(FRAMES);
        takeImage();
        for (int i = 0; i < flips; i++) {
            image.restore();
            flip();
            progress.accept((long) truncations + i + 1);
        }
        return new DamageReport(
                truncations,
                tornRecovered,
                lossRefused,
                flips,
                flipsDetected,
                flipsHarmless,
                repaired,
                missed,
                replayed,
                firstFault);
    }

    /** Opens the journal, appends what it lacks of the frames, and forces the first of them. */
    private void write(final int forced) {
        try (ChronicleJournal journal = store.open(NAME)) {
            for (int sequence = (int) journal.lastSequence() + 1; sequence <= FRAMES; sequence++) {
                append(journal, sequence);
                chains[sequence] = journal.lastChain();
                if (sequence == forced) {
                    journal.force();
                }
            }
        }
    }

    /** A frame of random length and content, the same for the same sequence. */
    private static void append(final ChronicleJournal journal, final int sequence) {
        final Random content = new Random(sequence);
        final byte[] payload = new byte[content.nextInt(MAX_PAYLOAD)];
        content.nextBytes(payload);
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[Frame.MAX_LENGTH]);
        buffer.putBytes(Frame.HEADER_LENGTH, payload);
        Frame.encodeUnstamped(buffer, 0, payload.length, FrameType.SESSION, 7, 3, 0, 0);
        Frame.stamp(buffer, 0, 1, sequence, sequence * 1_000L, journal.lastChain());
        journal.append(buffer, 0, Frame.HEADER_LENGTH + payload.length);
    }

    /** Lets the files say that the machine was started anew since they were written. */
    private void losePower() throws IOException {
        try (JournalHead head = JournalHead.openForWriting(root.resolve(NAME).resolve("head"))) {
            head.boot(ANOTHER_BOOT);
        }
        ProvenMark.remove(root.resolve(NAME).resolve("proven"));
    }

    private void takeImage() throws IOException {
        image = new FolderImage(root.resolve(NAME));
        final JournalDirectory directory =
                new JournalDirectory(NAME, root.resolve(NAME), ChronicleJournalStore.MIN_BLOCK_LENGTH);
        file = directory.dataFiles().get(0);
        bytes = image.content(file);
        final UnsafeBuffer buffer = new UnsafeBuffer(bytes);
        final Frame frame = new Frame();
        int at = 0;
        for (int sequence = 1; sequence <= FRAMES; sequence++) {
            while (!isFrame(frame, buffer, at, sequence)) {
                at += FrameScan.RECORD_ALIGNMENT;
            }
            starts[sequence] = at;
            ends[sequence] = at + frame.length();
            at = (int) FrameScan.align(ends[sequence]);
        }
    }

    private static boolean isFrame(final Frame frame, final UnsafeBuffer buffer, final int at, final int sequence) {
        frame.wrap(buffer, at);
        return frame.sequence() == sequence && frame.damage(buffer.capacity() - at) == null;
    }

    /** What is cut off comes back as zeroes: a frame that ends in zeroes is whole without them. */
    private int wholeFrames(final int length) {
        int whole = 0;
        while (whole < FRAMES && contentEnd(whole + 1) <= length) {
            whole++;
        }
        return whole;
    }

    private int contentEnd(final int sequence) {
        int end = ends[sequence];
        while (bytes[end - 1] == 0) {
            end--;
        }
        return end;
    }

    private void cut(final int length) throws IOException {
        try (RandomAccessFile data = new RandomAccessFile(file.toFile(), "rw")) {
            data.setLength(length);
        }
        final int whole = wholeFrames(length);
        final String what = "cut off at byte " + length + " of " + ends[FRAMES];
        try (ChronicleJournal journal = store.open(NAME)) {
            check(whole >= FORCED, what + ": not refused, though it was forced to disk");
            check(journal.lastSequence() == whole, what + ": ends at " + journal.lastSequence() + ", not at " + whole);
            checkReplay(journal.lastChain() == chains[whole], what);
            if (++tornRecovered % CONTINUED_EVERY == 0) {
                append(journal, whole + 1);
                append(journal, whole + 2);
                readBack(journal, whole, what);
            }
        } catch (final JournalException e) {
            lossRefused++;
            check(whole < FORCED, what + ": " + e.getMessage());
            check(e.reason() == Reason.CORRUPT && e.sequence() == whole + 1, what + ": " + e.getMessage());
        }
    }

    /** A bit, a byte or a page, anywhere up to the end of the last frame. */
    private void flip() throws IOException {
        final int kind = random.nextInt(3);
        final byte[] changed;
        final int at;
        if (kind == 2) {
            at = place() / PAGE_LENGTH * PAGE_LENGTH;
            changed = new byte[PAGE_LENGTH];
            if (random.nextBoolean()) {
                random.nextBytes(changed);
            }
        } else {
            at = place();
            final int before = bytes[at];
            changed = new byte[] {
                (byte) (kind == 0 ? before ^ 1 << random.nextInt(Byte.SIZE) : before + 1 + random.nextInt(255))
            };
        }
        try (RandomAccessFile data = new RandomAccessFile(file.toFile(), "rw")) {
            data.seek(at);
            data.write(changed);
        }
        final String what = changed.length + " bytes changed at " + at + " of " + ends[FRAMES];
        if (isDetected(what)) {
            if (++flipsDetected % REPAIRED_EVERY == 0) {
                repair(what);
            }
        } else {
            flipsHarmless++;
            check(!isInAFrame(at, changed), what + ": a frame is damaged, and nobody noticed");
        }
    }

    /** Most of the file is an index that is not used yet: a place among its zeroes is chosen once in a while only. */
    private int place() {
        int at;
        do {
            at = random.nextInt(ends[FRAMES]);
        } while (bytes[at] == 0 && random.nextInt(ZEROES_PASSED_OVER) != 0);
        return at;
    }

    /** Whether a byte of a frame is another now. */
    private boolean isInAFrame(final int at, final byte[] changed) {
        for (int i = 0; i < changed.length && at + i < ends[FRAMES]; i++) {
            final int found = Arrays.binarySearch(starts, 1, FRAMES + 1, at + i);
            final int sequence = found >= 0 ? found : -found - 2;
            if (changed[i] != bytes[at + i] && sequence >= 1 && at + i < ends[sequence]) {
                return true;
            }
        }
        return false;
    }

    /** Opens, appends to, and reads: all of it must work, or fail and name a sequence. */
    private boolean isDetected(final String what) {
        try (ChronicleJournal journal = store.open(NAME)) {
            check(journal.lastSequence() == FRAMES, what + ": ends at " + journal.lastSequence());
            checkReplay(journal.lastChain() == chains[FRAMES], what);
            append(journal, FRAMES + 1);
            append(journal, FRAMES + 2);
            readBack(journal, FRAMES, what);
            return false;
        } catch (final JournalException e) {
            check(
                    e.reason() == Reason.CORRUPT && e.sequence() >= 1 && e.sequence() <= FRAMES + 2,
                    what + ": " + e.getMessage());
            return true;
        }
    }

    private void repair(final String what) throws IOException {
        image.restoreAt(root.resolve(PEER));
        try (ChronicleJournal journal = store.open(NAME, List.of(() -> store.read(PEER)))) {
            check(journal.lastSequence() >= FRAMES, what + ": mended up to " + journal.lastSequence());
            readBack(journal, FRAMES, what);
            repaired++;
        }
    }

    /** Reads everything, and holds each frame that was written at first against what it was. */
    private void readBack(final ChronicleJournal journal, final int written, final String what) {
        final Frame frame = new Frame();
        final long[] last = new long[1];
        try (JournalReader reader = journal.newReader()) {
            while (reader.poll(
                            (buffer, offset, length) -> {
                                frame.wrap(buffer, offset);
                                last[0] = frame.sequence();
                                checkReplay(
                                        last[0] > written || frame.chain() == chains[(int) last[0]],
                                        what + ", frame " + last[0]);
                            },
                            FRAMES)
                    > 0) {
                // Each frame is looked at.
            }
        }
        check(last[0] == journal.lastSequence(), what + ": read up to " + last[0] + " of " + journal.lastSequence());
    }

    private void check(final boolean isRight, final String fault) {
        missed += isRight ? 0 : 1;
        note(isRight, fault);
    }

    private void checkReplay(final boolean isRight, final String what) {
        replayed += isRight ? 0 : 1;
        note(isRight, what + ": handed over as something else than was written");
    }

    private void note(final boolean isRight, final String fault) {
        if (!isRight && firstFault.isEmpty()) {
            firstFault = fault;
        }
    }
}
