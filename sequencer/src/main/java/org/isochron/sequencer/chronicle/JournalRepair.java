package org.isochron.sequencer.chronicle;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.agrona.DirectBuffer;
import org.isochron.sequencer.edge.FrameOrder;
import org.isochron.sequencer.edge.JournalException;
import org.isochron.sequencer.edge.JournalException.Reason;
import org.isochron.sequencer.edge.JournalReader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides what a journal's damage is, and mends what may be mended.
 *
 * <p>A record that is not whole, with no sound frame behind it and nobody counting on it, is a torn tail: cut off. What is
 * counted on is every frame of the head file, for memory outlives the process that wrote it; only when the machine itself
 * has been started anew since, no more than what was forced to disk. Anything else is corruption: the frames that are not
 * sound are taken from other nodes' journals, each held against CRC and chain, or the journal is refused.
 *
 * <p>Mending writes the data files from the damage on anew beside the old ones, forces them, and moves them into their
 * place; the old ones stay in the folder {@value #DAMAGED} for whoever wants to know what happened. A death half-way
 * leaves damage that the next opening finds again.
 */
final class JournalRepair {
    static final String DAMAGED = "damaged";
    private static final String REBUILT = "rebuilt";
    private static final Logger LOG = LoggerFactory.getLogger(JournalRepair.class);

    private final JournalDirectory directory;
    private final List<Supplier<JournalReader>> peers;
    private final boolean acceptsLoss;
    private final FrameOrder order;
    private long fromPeers;

    /**
     * @param peers       other nodes' journals, asked in this order; may be empty.
     * @param acceptsLoss an operator's word that what no journal has is given up.
     */
    JournalRepair(
            final JournalDirectory directory, final List<Supplier<JournalReader>> peers, final boolean acceptsLoss) {
        this.directory = directory;
        this.peers = peers;
        this.acceptsLoss = acceptsLoss;
        order = new FrameOrder(directory.name() + " in " + directory.path());
        order.beginBehind(directory.base().sequence(), directory.base().chain());
    }

    /**
     * Mends the damage.
     *
     * @param damage what opening the journal found first.
     * @throws JournalException when it may not or cannot be mended.
     */
    JournalRecovery mend(final JournalException damage) {
        try (JournalHead head = JournalHead.openForWriting(directory.headFile())) {
            return mend(damage, head);
        } catch (final IOException e) {
            throw new JournalException(
                    Reason.CORRUPT, damage.sequence(), damage.getMessage() + "; and it cannot be mended: " + e, e);
        }
    }

    private JournalRecovery mend(final JournalException damage, final JournalHead head) throws IOException {
        final long bad = damage.sequence();
        final long counted = head.sequence();
        final long wanted = head.survivingSequence(BootId.hash());
        final long needed = acceptsLoss ? 0 : wanted;
        if (needed < 0) {
            throw damage;
        }
        final List<Path> files = directory.dataFiles();
        final List<Path> affected = affected(files, bad);
        final long highestSound = highestSound(affected);
        final boolean isTorn = bad > wanted && highestSound <= bad || acceptsLoss && peers.isEmpty();
        if (!isTorn && peers.isEmpty()) {
            throw refused(damage, highestSound > bad ? "sound frames up to " + highestSound + " stand behind it" : "");
        }
        final long end = isTorn ? bad : Math.max(wanted, highestSound);
        final Path rebuilt = rebuild(affected, affected.size() == files.size(), bad, end);
        if (order.lastSequence() < Math.max(needed, bad - 1)) {
            deleteAll(rebuilt);
            throw refused(
                    damage, "no other journal has frame " + (order.lastSequence() + 1) + " of " + needed + " needed");
        }
        replace(affected, rebuilt, bad);
        head.reset(order.lastSequence(), order.lastChain());
        head.force();
        return told(damage, isTorn, counted);
    }

    private JournalRecovery told(final JournalException damage, final boolean isTorn, final long counted) {
        final long dropped = Math.max(0, counted - order.lastSequence());
        final String what = isTorn
                ? (order.lastSequence() < damage.sequence()
                                ? "a torn tail was cut off"
                                : "an unfinished record was completed")
                        + " at sequence " + damage.sequence()
                : fromPeers + " frames from sequence " + damage.sequence() + " on were taken from other journals";
        final String lost = dropped == 0
                ? ""
                : "; " + dropped + " frames that were appended and never forced to disk are gone with it";
        final String message = "journal " + directory.name() + ": " + what + lost + "; it ends at sequence "
                + order.lastSequence() + " now, the files as they were are in "
                + directory.path().resolve(DAMAGED)
                + " (" + damage.getMessage() + ")";
        LOG.warn(message);
        return new JournalRecovery(isTorn ? 1 : 0, dropped, fromPeers, message);
    }

    private static JournalException refused(final JournalException damage, final String more) {
        return more.isEmpty()
                ? damage
                : new JournalException(Reason.CORRUPT, damage.sequence(), damage.getMessage() + "; " + more, damage);
    }

    /** The file of the last frame before the damage, and all that are newer. */
    private static List<Path> affected(final List<Path> files, final long bad) throws IOException {
        int from = 0;
        for (int i = 1; i < files.size(); i++) {
            try (FrameScan scan = new FrameScan(files.subList(i, i + 1))) {
                if (scan.next() && scan.frame().sequence() < bad) {
                    from = i;
                }
            }
        }
        return files.subList(from, files.size());
    }

    private static long highestSound(final List<Path> files) throws IOException {
        long highest = 0;
        try (FrameScan scan = new FrameScan(files)) {
            while (scan.next()) {
                highest = Math.max(highest, scan.frame().sequence());
            }
        }
        return highest;
    }

    /** Writes the files anew: own frames where they are sound and in order, others' where not, up to {@code end}. */
    private Path rebuild(final List<Path> files, final boolean isWhole, final long bad, final long end)
            throws IOException {
        final Path path = directory.path().resolve(REBUILT);
        deleteAll(path);
        Files.createDirectories(path);
        try (FrameScan own = new FrameScan(files);
                FrameAppender appender = new FrameAppender(directory.at(path), 0)) {
            boolean isOwn = own.next();
            if (isOwn && !isWhole) {
                // What stands before these files has been verified, and that this frame follows it, too.
                order.resumeAt(
                        own.frame().sequence(),
                        own.frame().buffer(),
                        own.frame().offset(),
                        own.frame().length());
                append(appender, own);
            }
            while (order.lastSequence() < end) {
                isOwn = isOwn && skipTo(own, order.lastSequence() + 1);
                if (isOwn && follows(own)) {
                    order.read(
                            own.frame().buffer(),
                            own.frame().offset(),
                            own.frame().length());
                    append(appender, own);
                } else if (order.lastSequence() < bad - 1 || !fetch(appender, isOwn ? own : null, end)) {
                    break;
                }
            }
        }
        for (final Path file : listed(path)) {
            force(file);
        }
        return path;
    }

    private static void append(final FrameAppender appender, final FrameScan own) {
        appender.append(own.frame().buffer(), own.frame().offset(), own.frame().length());
    }

    private static boolean skipTo(final FrameScan own, final long sequence) throws IOException {
        while (own.frame().sequence() < sequence) {
            if (!own.next()) {
                return false;
            }
        }
        return true;
    }

    private boolean follows(final FrameScan own) {
        return own.frame().sequence() == order.lastSequence() + 1 && own.frame().prevChain() == order.lastChain();
    }

    /** Takes at least one frame from the first journal that has it, and goes on until an own frame follows. */
    private boolean fetch(final FrameAppender appender, final FrameScan own, final long end) {
        for (final Supplier<JournalReader> peer : peers) {
            final long before = order.lastSequence();
            try (JournalReader reader = peer.get()) {
                reader.seek(before + 1);
                do {
                    if (reader.poll((buffer, offset, length) -> take(appender, buffer, offset, length), 1) == 0) {
                        break;
                    }
                } while (order.lastSequence() < end && (own == null || !follows(own)));
            } catch (final JournalException e) {
                LOG.warn("passed over for the repair of journal {}: {}", directory.name(), e.getMessage());
            }
            if (order.lastSequence() > before) {
                return true;
            }
        }
        return false;
    }

    private void take(final FrameAppender appender, final DirectBuffer buffer, final int offset, final int length) {
        order.read(buffer, offset, length);
        appender.append(buffer, offset, length);
        fromPeers++;
    }

    private void replace(final List<Path> old, final Path rebuilt, final long bad) throws IOException {
        final Path damaged = Files.createDirectories(directory.path().resolve(DAMAGED));
        for (final Path file : old) {
            keep(file, damaged, bad);
        }
        final List<Path> made = new ArrayList<>();
        for (final Path file : listed(rebuilt)) {
            if (file.toString().endsWith(JournalDirectory.DATA_SUFFIX)) {
                final Path place = directory.path().resolve(file.getFileName());
                Files.move(file, place, StandardCopyOption.ATOMIC_MOVE);
                made.add(place);
            }
        }
        for (final Path file : old) {
            if (!made.contains(file)) {
                Files.delete(file);
            }
        }
        // The queue's list of its files; it is made again from what there is.
        Files.deleteIfExists(directory.listingFile());
        directory.force();
        deleteAll(rebuilt);
    }

    private static void keep(final Path file, final Path damaged, final long bad) throws IOException {
        int number = 1;
        Path kept;
        do {
            kept = damaged.resolve(file.getFileName() + "." + bad + "." + number++);
        } while (Files.exists(kept));
        Files.createLink(kept, file);
    }

    private static List<Path> listed(final Path path) throws IOException {
        try (Stream<Path> files = Files.list(path)) {
            return files.sorted().toList();
        }
    }

    private static void deleteAll(final Path path) throws IOException {
        if (Files.exists(path)) {
            for (final Path file : listed(path)) {
                Files.delete(file);
            }
            Files.delete(path);
        }
    }

    private static void force(final Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }
}
