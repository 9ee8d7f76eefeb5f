package org.isochron.sequencer.chronicle;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.agrona.DirectBuffer;
import org.isochron.sequencer.edge.DirectoryLock;
import org.isochron.sequencer.edge.EpochPromise;
import org.isochron.sequencer.edge.EpochStand;
import org.isochron.sequencer.edge.FaultRecord;
import org.isochron.sequencer.edge.FrameOrder;
import org.isochron.sequencer.edge.Journal;
import org.isochron.sequencer.edge.JournalReader;
import org.isochron.sequencer.replica.ReleasePoint;

/**
 * A journal on disk, open for appending. An append copies the frame into the mapped file of the day and then moves the
 * head on; it survives the death of the process from there on, and a power cut once {@link #force()} has covered it.
 */
public final class ChronicleJournal implements Journal {
    /** What every opening reads again, at the least: the newest frames, which take it some ten milliseconds. */
    static final int ALWAYS_VERIFIED = 1 << 14;

    private static final int PORTION = 1024;

    private final JournalDirectory directory;
    private final DirectoryLock lock;
    private final JournalHead head;
    private final ProvenMark mark;
    private final EpochFile epochs;
    private final FaultFile faults;
    private final ChronicleJournalReader verifier;
    private final FrameOrder order;
    private final FrameAppender appender;
    private final Preallocation preallocation;
    private final JournalRecovery recovery;
    private boolean isFirstAppendProven;
    private final DiskForce disk;

    /** Held while the disk is waited for: never by the appender, nor by who keeps blocks ready. */
    private final Object forcing = new Object();

    /** The newest data file at the last {@link #force()}: older ones are complete and safe. */
    private Path lastForced;

    private UncheckedIOException forceFailure;

    private final long verifiedEnd;
    /** The last frame that the opening has not read. */
    private final long trusted;

    /** Proven, and far enough behind the head to be the next opening's place. */
    private ProvenMark.Place older = ProvenMark.Place.GENESIS;

    /** Proven; takes the older one's turn when the head has moved on far enough. */
    private ProvenMark.Place newer = ProvenMark.Place.GENESIS;

    private JournalPatrol patrol;
    private JournalForcer forcer;
    private final boolean mayHaveLostItsTail;
    private EpochStand lastStand = EpochStand.NONE;
    private volatile boolean closed;

    /**
     * Verifies all behind the place proven earlier. Takes over the lock, the head, the mark and the verifier on success
     * only.
     *
     * @param mark     how far the journal is known to be sound.
     * @param verifier a reader that stands at the start.
     * @param recovery what had to be mended first.
     */
    ChronicleJournal(
            final JournalDirectory directory,
            final DiskForce disk,
            final DirectoryLock lock,
            final JournalHead head,
            final ProvenMark mark,
            final ChronicleJournalReader verifier,
            final JournalRecovery recovery) {
        this.directory = directory;
        this.disk = disk;
        this.lock = lock;
        this.head = head;
        this.mark = mark;
        this.verifier = verifier;
        this.recovery = recovery;
        lastForced = directory.path();
        trusted = verifyBehindMark();
        order = verifier.order();
        verifiedEnd = verifier.endPosition();
        checkResidue();
        head.write(order.lastSequence(), order.lastChain());
        mayHaveLostItsTail = head.boot() != BootId.hash();
        head.boot(BootId.hash());
        mark.running(older, BootId.hash(), listed());
        preallocation = new Preallocation(directory, directory.blockLength() / 2);
        try {
            faults = new FaultFile(directory.faultFile());
            epochs = EpochFile.open(directory.epochFile());
        } catch (final IOException e) {
            throw directory.unusable(e.toString(), e);
        }
        try {
            appender = new FrameAppender(directory, order.lastTimestampNs());
        } catch (final Exception | InternalError | AssertionError e) {
            epochs.close();
            throw order.corrupt(order.lastSequence() + 1, "the queue takes no appender (" + e + ")", e);
        }
    }

    @Override
    public void append(final DirectBuffer buffer, final int offset, final int length) {
        if (closed) {
            throw new IllegalStateException("journal " + directory.name() + " is closed");
        }
        order.checkAppend(buffer, offset, length);
        write(buffer, offset, length);
        if (isFirstAppendProven) {
            order.appended();
        } else {
            proveFirstAppend();
        }
        head.write(order.lastSequence(), order.lastChain());
    }

    @Override
    public long lastSequence() {
        return order.lastSequence();
    }

    @Override
    public long lastChain() {
        return order.lastChain();
    }

    @Override
    public int lastEpoch() {
        return order.lastEpoch();
    }

    @Override
    public long lastTimestampNs() {
        return order.lastTimestampNs();
    }

    /**
     * Sequence of the first frame in the journal's own files: those before are in its archive. Any thread.
     *
     * @throws JournalException when the file that says so is damaged.
     */
    public long firstSequence() {
        return directory.base().sequence() + 1;
    }

    /** Sequence of the last frame, 0 when empty; where it ended once it is closed. Any thread, at any time. */
    public synchronized long headSequence() {
        // The file is not mapped any more when it is closed.
        return closed ? order.lastSequence() : head.sequence();
    }

    /** What its owner knows of epochs; what it knew at its end once it is closed. Any thread, at any time. */
    public synchronized EpochStand epochs() {
        if (!closed) {
            lastStand = epochs.stand();
        }
        return lastStand;
    }

    /**
     * Whether its tail may be gone without a trace: the machine was started anew since it was written, and what had not been
     * forced to disk went with it; or there was no journal.
     */
    public boolean mayHaveLostItsTail() {
        return mayHaveLostItsTail;
    }

    @Override
    public JournalReader newReader() {
        return reader();
    }

    private SpanningReader reader() {
        return new SpanningReader(directory, ChronicleJournalStore.newReader(directory), mark::takeBack);
    }

    /** One that stands at the first frame that is not in the archive, which may be gone. */
    private SpanningReader ownFiles() {
        final SpanningReader reader = reader();
        reader.seek(firstSequence());
        return reader;
    }

    /**
     * Makes everything appended before the call survive a power cut. Takes a disk's time, so call it from a thread of
     * its own; calls from several threads take turns.
     *
     * @return sequence up to which frames are safe.
     * @throws UncheckedIOException when the disk fails. That is final: the kernel may have dropped the pages, and a second
     *                              call would wrongly succeed. The journal counts as suspect and is not opened again; stop
     *                              the node and rebuild it from a peer.
     */
    public long force() {
        synchronized (forcing) {
            if (closed) {
                throw new IllegalStateException("journal " + directory.name() + " is closed");
            }
            if (forceFailure != null) {
                throw forceFailure;
            }
            try {
                return forceAll();
            } catch (final IOException e) {
                throw suspect(e);
            } catch (final UncheckedIOException e) {
                throw suspect(e.getCause());
            } catch (final InternalError e) {
                // So a mapped page shows that the disk cannot take.
                throw suspect(new IOException(e));
            }
        }
    }

    private UncheckedIOException suspect(final IOException cause) {
        forceFailure = new UncheckedIOException(
                "journal " + directory.name() + " in " + directory.path()
                        + " could not be forced to disk, which is suspect from now on: " + cause,
                cause);
        directory.markSuspect(forceFailure);
        return forceFailure;
    }

    private long forceAll() throws IOException {
        final ProvenMark.Place last = head.last();
        final List<Path> files = directory.dataFiles();
        for (final Path file : files) {
            if (file.compareTo(lastForced) >= 0) {
                forceUnlessMoved(file);
            }
        }
        final Path newest = files.isEmpty() ? directory.path() : files.get(files.size() - 1);
        if (!newest.equals(lastForced)) {
            disk.force(directory.path());
            lastForced = newest;
        }
        head.forced(last.sequence());
        disk.force(directory.headFile());
        mark.forced(provenPlace(), files.stream().filter(Files::exists).toList());
        return last.sequence();
    }

    /** A file that has gone to the archive meanwhile is on the disk there, and no sign of a disk that fails. */
    private void forceUnlessMoved(final Path file) throws IOException {
        try {
            disk.force(file);
        } catch (final NoSuchFileException e) {
            if (file.getFileName().toString().compareTo(directory.base().lastMoved()) > 0) {
                throw e;
            }
        }
    }

    /**
     * Begins to force the journal to disk as fast as the disk takes it, on a thread of its own that ends with the journal.
     *
     * @return how far it has come: events of later commands are not safe yet. {@link #failure()} tells when it ends for good.
     */
    public synchronized ReleasePoint startForcing() {
        if (forcer == null) {
            forcer = new JournalForcer(this).start();
        }
        return forcer;
    }

    /**
     * Moves data files whose frames are all below a sequence to the archive, the oldest first: each is verified on the way.
     * Takes a disk's time, so call it from a thread of its own; the journal may be appended to and read meanwhile, and
     * readers find what was moved.
     *
     * @param archive folder of this journal alone, made when it is not there.
     * @param below   every frame from that one on stays: the second newest sound snapshot's.
     * @return how many files were moved.
     * @throws JournalException     when a frame is damaged, or the folder is another journal's.
     * @throws UncheckedIOException when a disk fails; nothing is lost.
     */
    public int archive(final Path archive, final long below) {
        try {
            final int moved = new ArchiveMove(directory, new JournalArchive(archive)).moveBelow(below, () -> closed);
            if (moved > 0) {
                remark();
            }
            return moved;
        } catch (final IOException e) {
            throw new UncheckedIOException("journal " + directory.name() + " cannot be archived in " + archive, e);
        }
    }

    /** The mark is of the files that were there. */
    private synchronized void remark() {
        if (!closed) {
            mark.running(older, BootId.hash(), listed());
        }
    }

    private synchronized ProvenMark.Place provenPlace() {
        return older;
    }

    /** Sequence of the last frame appended. Any thread. */
    long appendedSequence() {
        return head.sequence();
    }

    String name() {
        return directory.name();
    }

    /**
     * Keeps blocks of the disk ready ahead of the appender: half a {@code blockLength}. To be called every now and then
     * from a thread other than the appender's.
     *
     * @return false when the disk has no room left for that: what is ready will still be filled.
     * @throws UncheckedIOException when the files cannot be looked at.
     */
    public synchronized boolean preallocate() {
        try {
            return closed || preallocation.keepAhead(Math.max(verifiedEnd, appender.endPosition()));
        } catch (final IOException e) {
            throw new UncheckedIOException("journal " + directory.name() + " cannot be preallocated", e);
        }
    }

    /**
     * Keeps the place up to which the next opening trusts the journal near the head, so that it has little to read. To be
     * called every now and then from a thread other than the appender's.
     *
     * @throws UncheckedIOException when the files cannot be looked at.
     */
    public synchronized void keepMark() {
        if (!closed && proven(head.last())) {
            mark.running(older, BootId.hash(), listed());
        }
    }

    /**
     * Begins to read again, slowly and on a thread of its own, what the opening took on trust: all frames before the place
     * that an earlier opening, or the appender, had proven, as far as they are not in the archive. Once.
     */
    public synchronized void startPatrol() {
        if (!closed && patrol == null && trusted > 0) {
            patrol = new JournalPatrol(directory.name(), this::ownFiles, trusted).start();
        }
    }

    /**
     * Why the node has to stop, null while all is well. Either old frames were found damaged when they were read again:
     * the next opening reads everything and mends what may be mended. Or the disk does not take what is forced: the journal
     * is not opened any more. Any thread.
     */
    public synchronized RuntimeException failure() {
        if (forcer != null && forcer.failure() != null) {
            return forcer.failure();
        }
        return patrol == null ? null : patrol.damage();
    }

    /** True when everything that the opening took on trust has been read again and is sound. Any thread. */
    public synchronized boolean isWhollyVerified() {
        return trusted == 0 || patrol != null && patrol.isDone();
    }

    @Override
    public EpochPromise promise() {
        return epochs;
    }

    @Override
    public FaultRecord faults() {
        return faults;
    }

    /** What had to be mended when it was opened. */
    public JournalRecovery recovery() {
        return recovery;
    }

    @Override
    public void close() {
        closeForcer();
        synchronized (forcing) {
            closeOnce();
        }
    }

    private void closeForcer() {
        final JournalForcer running;
        synchronized (this) {
            running = forcer;
        }
        if (running != null) {
            running.close();
        }
    }

    private synchronized void closeOnce() {
        if (!closed) {
            lastStand = epochs.stand();
            closed = true;
            if (patrol != null) {
                patrol.close();
            }
            mark.close();
            verifier.close();
            appender.close();
            epochs.close();
            head.close();
            lock.close();
        }
    }

    /** A record left unfinished is behind everything verified, or the verifier would have met it. */
    private void checkResidue() {
        try {
            for (final Path file : directory.dataFiles()) {
                final int place = verifier.file() == null ? 1 : file.compareTo(verifier.file());
                if (place >= 0) {
                    checkResidue(file, place == 0 ? verifier.endPosition() : 0);
                }
            }
        } catch (final IOException e) {
            throw directory.unusable(e.toString(), e);
        }
    }

    private void checkResidue(final Path file, final long from) throws IOException {
        final long residue = TailResidue.find(file, from);
        if (residue != TailResidue.NONE) {
            throw order.corrupt(
                    order.lastSequence() + 1,
                    "an unfinished record stands there, byte " + residue + " of " + file.getFileName());
        }
    }

    /** Behind what was moved to the archive. */
    private ProvenMark.Place firstPlace() {
        final JournalBase base = directory.base();
        return new ProvenMark.Place(base.sequence(), base.chain());
    }

    /** @return sequence of the last frame taken on trust, 0 when everything was read. */
    private long verifyBehindMark() {
        final ProvenMark.Place proven = mark.newest(BootId.hash(), listed());
        final boolean isBehind = verifier.resumeBehind(proven);
        older = isBehind ? proven : firstPlace();
        newer = older;
        // The reader throws at the first frame that is not as it should be.
        while (verifier.poll((buffer, offset, length) -> {}, PORTION) > 0) {
            proven(new ProvenMark.Place(
                    verifier.order().lastSequence(), verifier.order().lastChain()));
        }
        if (verifier.order().lastSequence() < proven.sequence()) {
            throw verifier.order()
                    .corrupt(
                            verifier.order().lastSequence() + 1,
                            "it ends there, and an earlier opening had found it sound up to " + proven.sequence());
        }
        return isBehind ? proven.sequence() : 0;
    }

    /** @return whether the place for the next opening has moved. */
    private boolean proven(final ProvenMark.Place place) {
        if (place.sequence() - newer.sequence() < ALWAYS_VERIFIED) {
            return false;
        }
        older = newer;
        newer = place;
        return true;
    }

    private List<Path> listed() {
        try {
            return directory.dataFiles();
        } catch (final IOException e) {
            throw directory.unusable(e.toString(), e);
        }
    }

    private void write(final DirectBuffer buffer, final int offset, final int length) {
        try {
            appender.append(buffer, offset, length);
        } catch (final Exception | InternalError | AssertionError e) {
            throw order.corrupt(order.lastSequence() + 1, "the queue does not take the frame (" + e + ")", e);
        }
    }

    /**
     * Reads the first frame appended back, which moves the shared order on. A damaged write position in the queue's own
     * header would send it, and all that follow, to a place where no reader ever finds them.
     */
    private void proveFirstAppend() {
        if (verifier.poll((buffer, offset, length) -> {}, 1) == 0) {
            throw order.corrupt(order.lastSequence() + 1, "the queue took the frame and put it where it is not found");
        }
        verifier.close();
        isFirstAppendProven = true;
    }
}
