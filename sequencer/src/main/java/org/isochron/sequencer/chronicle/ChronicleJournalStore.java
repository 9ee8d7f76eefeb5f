package org.isochron.sequencer.chronicle;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.agrona.CloseHelper;
import org.isochron.codecs.frame.Frame;
import org.isochron.sequencer.edge.DirectoryLock;
import org.isochron.sequencer.edge.EpochStand;
import org.isochron.sequencer.edge.FaultRecord;
import org.isochron.sequencer.edge.JournalException;
import org.isochron.sequencer.edge.JournalException.Reason;
import org.isochron.sequencer.edge.JournalReader;
import org.isochron.sequencer.edge.JournalStore;

/** Journals on disk, each in a directory of its own below one root. */
public final class ChronicleJournalStore implements JournalStore {
    /** Fits a busy day: the file grows, sparse, and is mapped 64 MiB at a time. */
    public static final long DEFAULT_BLOCK_LENGTH = 64L << 20;

    /** The queue's own index blocks of 256 KiB must fit. */
    public static final long MIN_BLOCK_LENGTH = 1L << 20;

    static {
        ChronicleSettings.apply();
    }

    private final Path root;
    private final long blockLength;
    private final DiskForce disk;

    /**
     * @param root        folder, made when it is not there.
     * @param blockLength bytes by which a data file grows and is mapped, a power of two from {@link #MIN_BLOCK_LENGTH}.
     */
    public ChronicleJournalStore(final Path root, final long blockLength) {
        this(root, blockLength, DiskForce.SYSTEM);
    }

    ChronicleJournalStore(final Path root, final long blockLength, final DiskForce disk) {
        if (blockLength < MIN_BLOCK_LENGTH || Long.bitCount(blockLength) != 1) {
            throw new IllegalArgumentException(
                    "blockLength is " + blockLength + ", a power of two from " + MIN_BLOCK_LENGTH + " is needed");
        }
        this.root = root;
        this.disk = disk;
        this.blockLength = blockLength;
    }

    @Override
    public ChronicleJournal open(final String name) {
        return open(name, List.of());
    }

    /**
     * As {@link #open(String)}, and mends what may be mended: a torn tail is cut off; damaged or lost frames are taken
     * from other nodes' journals. {@link ChronicleJournal#recovery()} tells.
     *
     * @param peers other nodes' journals, opened when needed and in this order.
     */
    public ChronicleJournal open(final String name, final List<Supplier<JournalReader>> peers) {
        return open(name, peers, false, false);
    }

    /**
     * Reads all of a journal at rest, and mends it, for an operator.
     *
     * @param acceptsLoss the operator's word that what neither it nor any peer has is given up: it ends before that.
     * @return what was done.
     * @throws JournalException when it is in use, or cannot be mended so.
     */
    public JournalRecovery repair(
            final String name, final List<Supplier<JournalReader>> peers, final boolean acceptsLoss) {
        try (ChronicleJournal journal = open(name, peers, acceptsLoss, true)) {
            return journal.recovery();
        }
    }

    private ChronicleJournal open(
            final String name,
            final List<Supplier<JournalReader>> peers,
            final boolean acceptsLoss,
            final boolean readsAll) {
        final JournalDirectory directory = directory(name);
        final DirectoryLock lock = lock(directory);
        try {
            directory.layOut();
            if (readsAll) {
                ProvenMark.remove(directory.provenFile());
            }
            directory.check();
            return openOrMend(directory, lock, new JournalRepair(directory, peers, acceptsLoss));
        } catch (final IOException e) {
            lock.close();
            throw directory.unusable(e.toString(), e);
        } catch (final RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    private ChronicleJournal openOrMend(
            final JournalDirectory directory, final DirectoryLock lock, final JournalRepair repair) throws IOException {
        try {
            return open(directory, lock, JournalRecovery.NONE);
        } catch (final JournalException damage) {
            requireMendable(damage);
        }
        // The first damage is wanted, which may stand before the place that was taken to be sound.
        ProvenMark.remove(directory.provenFile());
        try {
            return open(directory, lock, JournalRecovery.NONE);
        } catch (final JournalException damage) {
            requireMendable(damage);
            final JournalRecovery recovery = repair.mend(damage);
            ProvenMark.remove(directory.provenFile());
            return open(directory, lock, recovery);
        }
    }

    private static void requireMendable(final JournalException damage) {
        if (damage.reason() != Reason.CORRUPT || damage.sequence() == 0) {
            throw damage;
        }
    }

    @Override
    public JournalReader read(final String name) {
        final JournalDirectory directory = directory(name);
        try {
            directory.check();
        } catch (final IOException e) {
            throw directory.unusable(e.toString(), e);
        }
        return new SpanningReader(directory, newReader(directory), () -> {});
    }

    /** The faults kept beside a journal, as they stand. Takes no lock. */
    public FaultRecord faults(final String name) {
        final JournalDirectory directory = directory(name);
        try {
            directory.check();
            return new FaultFile(directory.faultFile());
        } catch (final IOException e) {
            throw directory.unusable(e.toString(), e);
        }
    }

    /**
     * Epoch of a journal's frame, 0 when there is none. Takes no lock.
     *
     * @param sequence of the frame; of the last one as {@link #stat} tells it, an empty journal's and a damaged head's too.
     * @throws JournalException when the frame cannot be read.
     */
    public int epoch(final String name, final long sequence) {
        final Frame frame = new Frame();
        final int[] epoch = new int[1];
        try (JournalReader reader = read(name)) {
            reader.seek(Math.max(1, sequence));
            reader.poll(
                    (buffer, offset, length) ->
                            epoch[0] = frame.wrap(buffer, offset).epoch(),
                    1);
        }
        return epoch[0];
    }

    /** What the owner of a journal knows of epochs. Takes no lock. */
    public EpochStand epochs(final String name) {
        final Path file = directory(name).epochFile();
        if (!Files.exists(file)) {
            return EpochStand.NONE;
        }
        try (EpochFile epochs = EpochFile.open(file)) {
            return epochs.stand();
        } catch (final IOException e) {
            throw directory(name).unusable(e.getMessage(), e);
        }
    }

    /** Size and range of a journal, for people. Takes no lock; verifies nothing. */
    public JournalStat stat(final String name) {
        final JournalDirectory directory = directory(name);
        try {
            directory.check();
            long length = 0;
            for (final Path file : directory.dataFiles()) {
                length += Files.size(file);
            }
            try (JournalHead head = JournalHead.openForReading(directory.headFile())) {
                final JournalBase base = directory.base();
                return new JournalStat(
                        head.sequence(), directory.dataFiles().size(), length, base.sequence(), base.archive());
            }
        } catch (final IOException e) {
            throw directory.unusable(e.toString(), e);
        }
    }

    /** One that reads the journal's own files only. */
    static ChronicleJournalReader newReader(final JournalDirectory directory) {
        final JournalHead head;
        try {
            head = JournalHead.openForReading(directory.headFile());
        } catch (final IOException e) {
            throw noHead(directory, e);
        }
        try {
            return new ChronicleJournalReader(directory, head);
        } catch (final RuntimeException e) {
            head.close();
            throw e;
        }
    }

    private ChronicleJournal open(
            final JournalDirectory directory, final DirectoryLock lock, final JournalRecovery recovery)
            throws IOException {
        ArchiveMove.finish(directory);
        directory.checkOrder();
        final ChronicleJournalReader verifier = newReader(directory);
        JournalHead head = null;
        ProvenMark mark = null;
        try {
            head = JournalHead.openForWriting(directory.headFile());
            mark = ProvenMark.open(directory.provenFile());
            return new ChronicleJournal(directory, disk, lock, head, mark, verifier, recovery);
        } catch (final IOException e) {
            CloseHelper.closeAll(verifier, head, mark);
            throw noHead(directory, e);
        } catch (final RuntimeException e) {
            CloseHelper.closeAll(verifier, head, mark);
            throw e;
        }
    }

    private static JournalException noHead(final JournalDirectory directory, final IOException cause) {
        return new JournalException(
                Reason.CORRUPT,
                0,
                "journal " + directory.name() + " in " + directory.path() + " has no sound head file (" + cause
                        + "), so nothing says where it ends; set it aside and rebuild it from another node's journal",
                cause);
    }

    private JournalDirectory directory(final String name) {
        if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]*")) {
            throw new IllegalArgumentException(
                    "journal name is \"" + name + "\", letters, digits, dot, dash and underscore are possible");
        }
        return new JournalDirectory(name, root.resolve(name).toAbsolutePath(), blockLength);
    }

    private static DirectoryLock lock(final JournalDirectory directory) {
        try {
            Files.createDirectories(directory.path());
            return DirectoryLock.take(directory.path());
        } catch (final DirectoryLock.InUseException e) {
            throw new JournalException(Reason.IN_USE, 0, "journal " + directory.name() + ": " + e.getMessage(), e);
        } catch (final IOException | UncheckedIOException e) {
            throw directory.unusable(e.toString(), e);
        }
    }
}
