package org.isochron.sequencer.chronicle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.isochron.codecs.frame.Frame;
import org.isochron.sequencer.chronicle.JournalArchive.Segment;
import org.isochron.sequencer.edge.FrameOrder;
import org.isochron.sequencer.edge.JournalException;
import org.isochron.sequencer.edge.JournalException.Reason;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves a journal's old data files to its archive. In steps of which each is on the disk before the next: the file in the
 * archive, its line in the manifest, the journal's new base, the file gone from the journal. A crash in between leaves a
 * file in both places at the most; the next opening, or the next move, goes on from there.
 */
final class ArchiveMove {
    private static final Logger LOG = LoggerFactory.getLogger(ArchiveMove.class);

    private final JournalDirectory directory;
    private final JournalArchive archive;

    ArchiveMove(final JournalDirectory directory, final JournalArchive archive) {
        this.directory = directory;
        this.archive = archive;
    }

    /** Removes the file that a crash left here after the archive and the base had it. */
    static void finish(final JournalDirectory directory) throws IOException {
        final JournalBase base = directory.base();
        final Path left = directory.path().resolve(base.lastMoved());
        if (base.sequence() > 0 && Files.isRegularFile(left)) {
            final long first = DataFile.firstSequence(left);
            final JournalArchive archive = new JournalArchive(base.archive());
            if (first > 0
                    && first <= base.sequence()
                    && Files.isRegularFile(archive.directory().resolve(base.lastMoved()))) {
                Files.delete(left);
                directory.force();
            }
        }
    }

    /** Moves files whose frames are all below that one, unless asked to stop; the newest frames' file never. */
    int moveBelow(final long below, final BooleanSupplier isStopped) throws IOException {
        requireSameArchive();
        final List<Path> files = directory.dataFiles();
        int moved = 0;
        for (int i = 0; i + 1 < files.size() && !isStopped.getAsBoolean(); i++) {
            final long next = DataFile.firstSequence(files.get(i + 1));
            if (next == 0 || next > below) {
                break;
            }
            move(files.get(i), next - 1);
            moved++;
        }
        return moved;
    }

    private void move(final Path file, final long last) throws IOException {
        final Segment segment = read(file, last);
        archive.add(file, segment);
        directory.moveBase(new JournalBase(segment.last(), segment.chain(), archive.directory(), segment.file()));
        Files.delete(file);
        directory.force();
        LOG.info(
                "journal {}: {} with frames {} to {} is in the archive {} now",
                directory.name(),
                segment.file(),
                segment.first(),
                segment.last(),
                archive.directory());
    }

    /** Every frame of it follows, up to the last. */
    private Segment read(final Path file, final long last) throws IOException {
        final JournalBase base = directory.base();
        final FrameOrder order = new FrameOrder(directory.name() + " in " + directory.path());
        order.beginBehind(base.sequence(), base.chain());
        try (FrameScan scan = new FrameScan(List.of(file))) {
            while (order.lastSequence() < last && scan.next()) {
                final Frame frame = scan.frame();
                order.read(frame.buffer(), frame.offset(), frame.length());
            }
        }
        if (order.lastSequence() != last) {
            throw order.corrupt(
                    order.lastSequence() + 1,
                    "data file " + file.getFileName() + " ends there, the next begins with " + (last + 1));
        }
        return new Segment(
                file.getFileName().toString(),
                base.sequence() + 1,
                last,
                base.chain(),
                order.lastChain(),
                Files.size(file),
                JournalArchive.sha256(file));
    }

    private void requireSameArchive() {
        final JournalBase base = directory.base();
        if (base.sequence() > 0 && !base.archive().equals(archive.directory())) {
            throw new JournalException(
                    Reason.UNUSABLE,
                    0,
                    "journal " + directory.name() + " has frames up to " + base.sequence() + " in the archive "
                            + base.archive() + " and cannot go on in " + archive.directory()
                            + "; give the archive that it has",
                    null);
        }
    }
}
