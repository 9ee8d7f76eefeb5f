package org.isochron.sequencer.chronicle;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.isochron.codecs.frame.Frame;
import org.isochron.sequencer.edge.DirectoryLock;
import org.isochron.sequencer.edge.JournalException;
import org.isochron.sequencer.edge.JournalException.Reason;
import org.isochron.sequencer.edge.JournalReader;

/**
 * Gives the venue another sequencer: has every holder of the log promise a new epoch, which fences the sequencer before,
 * and makes the new one's journal out of the longest that a holder has.
 *
 * <p>A report leaves only after the replica that makes it has appended the frame, and a replica that has promised appends no
 * frame of a lower epoch any more. So when all holders have answered, the longest of their journals holds every frame that a
 * report can have been made of; when one has not, it may not, and an operator has to accept that.
 */
public final class Promotion {
    private static final long LOOK_MS = 20;
    private static final int COPY_LIMIT = 1024;
    private static final String LOCK_FILE = "promotion.lock";

    private final Path target;
    private final List<Path> holders;
    private final Path replaced;
    private final long timeoutMs;

    /**
     * @param target    journal directory of the new sequencer: none yet, or the beginning of the same log.
     * @param holders   journal directories of all that hold the log but the sequencer replaced.
     * @param replaced  that one's journal directory, to fence it there, too; null when it is out of reach.
     * @param timeoutMs how long a running node may take to answer.
     */
    public Promotion(final Path target, final List<Path> holders, final Path replaced, final long timeoutMs) {
        this.target = target.toAbsolutePath().normalize();
        this.holders = List.copyOf(holders);
        this.replaced = replaced;
        this.timeoutMs = timeoutMs;
    }

    /** A holder's answer; {@code missing} says why there is none. */
    private record Answer(Path holder, long sequence, long chain, String missing) {
        boolean isMissing() {
            return missing != null;
        }
    }

    /**
     * Promotes.
     *
     * @param acceptsLoss an operator's word that frames may be lost which only holders have that do not answer.
     * @return what was done.
     * @throws PromotionException when a holder does not answer and the loss is not accepted, or two holders differ.
     */
    public Promoted run(final boolean acceptsLoss) {
        if (holders.isEmpty()) {
            throw new PromotionException("no journal holder is configured, so nobody has the log to promote from");
        }
        final List<DirectoryLock> locks = new ArrayList<>();
        try {
            lockHolders(locks);
            return promote(acceptsLoss);
        } catch (final IOException e) {
            throw new UncheckedIOException("the promotion failed: " + e, e);
        } finally {
            locks.forEach(DirectoryLock::close);
        }
    }

    /** Two promotions at once would give the same epoch to two sequencers. */
    private void lockHolders(final List<DirectoryLock> locks) {
        for (final Path holder : holders) {
            if (Files.exists(directory(holder).epochFile())) {
                try {
                    locks.add(DirectoryLock.take(holder, LOCK_FILE));
                } catch (final DirectoryLock.InUseException e) {
                    throw new PromotionException("another promotion is at work on " + holder + " (" + e.owner()
                            + "); let it end, and look at what it says, before you promote again");
                }
            }
        }
    }

    private Promoted promote(final boolean acceptsLoss) throws IOException {
        final int epoch = highestEpoch() + 1;
        try {
            return promote(epoch, acceptsLoss);
        } catch (final IOException | RuntimeException e) {
            giveUp(epoch);
            throw e;
        }
    }

    private Promoted promote(final int epoch, final boolean acceptsLoss) throws IOException {
        final List<Answer> answers = new ArrayList<>();
        for (final Path holder : holders) {
            answers.add(ask(holder, epoch));
        }
        final List<Answer> missing = answers.stream().filter(Answer::isMissing).toList();
        final Answer longest = answers.stream()
                .filter(answer -> !answer.isMissing())
                .max(Comparator.comparingLong(Answer::sequence))
                .orElseThrow(() -> new PromotionException("no journal holder has answered: " + told(missing)));
        if (!missing.isEmpty() && !acceptsLoss) {
            throw new PromotionException("missing: " + told(missing) + "; what only they hold behind sequence "
                    + longest.sequence()
                    + " would be lost, acknowledged orders among it. Nothing is promoted; the others"
                    + " have promised epoch " + epoch + ", so a sequencer has to be started anew even if it runs still."
                    + " Bring the missing back, or repeat with --accept-loss");
        }
        copy(longest, answers, epoch, !missing.isEmpty());
        give(epoch, longest.sequence());
        if (replaced != null) {
            at(replaced, epochs -> epochs.request(epoch));
        }
        return new Promoted(
                epoch,
                longest.sequence(),
                longest.holder(),
                missing.stream().map(Answer::holder).toList());
    }

    private static String told(final List<Answer> missing) {
        final List<String> words = new ArrayList<>();
        for (final Answer answer : missing) {
            words.add(answer.holder() + " (" + answer.missing() + ")");
        }
        return String.join(", ", words);
    }

    /** Of all epochs that anybody within reach has seen, promised or started. */
    private int highestEpoch() throws IOException {
        int highest = 0;
        final List<Path> all = new ArrayList<>(holders);
        all.add(target);
        if (replaced != null) {
            all.add(replaced);
        }
        for (final Path journal : all) {
            final Path file = directory(journal).epochFile();
            if (Files.exists(file)) {
                try (EpochFile epochs = EpochFile.open(file)) {
                    highest = Math.max(highest, Math.max(epochs.started(), epochs.promised()));
                    highest = Math.max(highest, epochs.requested());
                }
                highest = Math.max(highest, lastEpoch(journal));
            }
        }
        return highest;
    }

    private static int lastEpoch(final Path journal) {
        try {
            final ChronicleJournalStore store = store(journal);
            return store.epoch(name(journal), store.stat(name(journal)).lastSequence());
        } catch (final JournalException damaged) {
            // Its promise says what matters of it; whether it can be used shows when it is asked.
            return 0;
        }
    }

    private Answer ask(final Path holder, final int epoch) throws IOException {
        final Path file = directory(holder).epochFile();
        if (!Files.exists(file)) {
            return new Answer(holder, 0, 0, "there is no journal");
        }
        try (EpochFile epochs = EpochFile.open(file)) {
            epochs.request(epoch);
            final long deadlineNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMs);
            do {
                if (epochs.answered() >= epoch) {
                    return new Answer(holder, epochs.answeredSequence(), epochs.answeredChain(), null);
                }
                final Answer atRest = askAtRest(holder, epoch);
                if (atRest != null) {
                    return atRest;
                }
                sleep();
            } while (System.nanoTime() - deadlineNs < 0);
            return new Answer(holder, 0, 0, "its node runs and has not answered in " + timeoutMs + " ms");
        }
    }

    /** A holder whose node does not run promises by our hand; null when it runs. */
    private static Answer askAtRest(final Path holder, final int epoch) {
        try (ChronicleJournal journal = store(holder).open(name(holder))) {
            journal.promise().promise(epoch, journal.lastSequence(), journal.lastChain());
            return new Answer(holder, journal.lastSequence(), journal.lastChain(), null);
        } catch (final JournalException e) {
            return e.reason() == Reason.IN_USE ? null : new Answer(holder, 0, 0, e.getMessage());
        }
    }

    /** Copies what the target lacks, and holds every answer against it on the way. */
    private void copy(final Answer longest, final List<Answer> answers, final int epoch, final boolean acceptsLoss)
            throws IOException {
        final Frame frame = new Frame();
        try (JournalReader reader = store(longest.holder()).read(name(longest.holder()));
                ChronicleJournal journal = store(target).open(name(target))) {
            final long has = journal.lastSequence();
            final long chain = journal.lastChain();
            reader.seek(firstToCompare(has, answers));
            while (reader.nextSequence() <= longest.sequence()) {
                final int limit = (int) Math.min(COPY_LIMIT, longest.sequence() - reader.nextSequence() + 1);
                final int count = reader.poll(
                        (buffer, offset, length) -> {
                            final long sequence = frame.wrap(buffer, offset).sequence();
                            final long own = frame.chain();
                            if (sequence == has && own != chain) {
                                throw new PromotionException(target + " holds another log: its frame " + has
                                        + " is not the one of " + longest.holder() + "; give an empty directory");
                            }
                            checkAnswers(answers, longest, sequence, own);
                            if (sequence > has) {
                                journal.append(buffer, offset, length);
                            }
                        },
                        limit);
                if (count == 0) {
                    throw new PromotionException(longest.holder() + " ends at " + (reader.nextSequence() - 1)
                            + ", it had answered " + longest.sequence());
                }
            }
            if (journal.lastSequence() != longest.sequence()) {
                throw new PromotionException(target + " holds frames behind " + longest.sequence()
                        + " that no holder has; give an empty directory");
            }
            journal.force();
            final EpochFile epochs = (EpochFile) journal.promise();
            epochs.request(0);
            if (acceptsLoss) {
                epochs.acceptLoss(epoch);
            }
            // Last: from here on it is a sequencer.
            epochs.promise(epoch, journal.lastSequence(), journal.lastChain());
        }
    }

    /** The lowest frame at which journals are held against each other: what is before it may be in an archive, or gone. */
    private static long firstToCompare(final long has, final List<Answer> answers) {
        long first = has;
        for (final Answer answer : answers) {
            if (answer.sequence() > 0) {
                first = Math.min(first, answer.sequence());
            }
        }
        return Math.max(1, first);
    }

    private static void checkAnswers(
            final List<Answer> answers, final Answer longest, final long sequence, final long chain) {
        for (final Answer answer : answers) {
            if (!answer.isMissing() && answer.sequence() == sequence && answer.chain() != chain) {
                throw new PromotionException("the journals of " + answer.holder() + " and " + longest.holder()
                        + " differ at sequence " + sequence + "; find out with journal diff which of them is right");
            }
        }
    }

    private void give(final int epoch, final long lastSequence) throws IOException {
        for (final Path holder : holders) {
            at(holder, epochs -> epochs.give(epoch, lastSequence));
        }
    }

    /**
     * Nobody is promoted: the sequencer in place goes on with the epoch promised, and holders take all it wrote before. Without
     * that they would wait for ever for a word where the epochs below end.
     */
    private void giveUp(final int epoch) throws IOException {
        for (final Path holder : holders) {
            at(holder, epochs -> epochs.giveUp(epoch, lastEpoch(holder)));
        }
        if (replaced != null) {
            at(replaced, epochs -> epochs.beginAt(epoch));
        }
    }

    /** Tells a journal's promise something; nobody is told where there is none. */
    private static void at(final Path journal, final Consumer<EpochFile> word) throws IOException {
        final Path file = directory(journal).epochFile();
        if (Files.exists(file)) {
            try (EpochFile epochs = EpochFile.open(file)) {
                word.accept(epochs);
            }
        }
    }

    private static JournalDirectory directory(final Path journal) {
        return new JournalDirectory(name(journal), journal.toAbsolutePath().normalize(), 0);
    }

    private static ChronicleJournalStore store(final Path journal) {
        return new ChronicleJournalStore(
                journal.toAbsolutePath().normalize().getParent(), ChronicleJournalStore.DEFAULT_BLOCK_LENGTH);
    }

    private static String name(final Path journal) {
        return journal.toAbsolutePath().normalize().getFileName().toString();
    }

    private static void sleep() {
        try {
            TimeUnit.MILLISECONDS.sleep(LOOK_MS);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PromotionException("interrupted while waiting for an answer");
        }
    }

    /**
     * A promotion done.
     *
     * @param epoch        of the new sequencer.
     * @param lastSequence last frame before it begins.
     * @param source       the holder whose journal was taken.
     * @param missing      holders that did not answer, their loss accepted.
     */
    public record Promoted(int epoch, long lastSequence, Path source, List<Path> missing) {}
}
