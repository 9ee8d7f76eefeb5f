package org.isochron.sequencer.chronicle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.isochron.sequencer.edge.Frames;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Journals at rest and journals with an owner, and what a promotion makes of them. */
final class PromotionTest {
    private static final long TIMEOUT_MS = 300;

    @TempDir
    private Path root;

    @Test
    void shouldTakeTheLongestJournalAndFenceTheSequencerBefore() {
        try (ChronicleJournal old = Damage.store(root).open("old")) {
            assertEquals(1, old.promise().start(0));
            new Frames().appendTo(old, 30);
        }
        Damage.write(root, "a", 20);
        Damage.write(root, "b", 25);

        final Promotion.Promoted promoted = promotion("a", "b").run(false);

        assertEquals(2, promoted.epoch());
        assertEquals(25, promoted.lastSequence());
        assertTrue(promoted.missing().isEmpty());
        Damage.assertHolds(root, "new", 25, "promoted");
        assertEquals(2, started("new"));
        assertEquals(3, started("new"));
        assertThrows(IllegalStateException.class, () -> started("old"));
        try (ChronicleJournal a = Damage.store(root).open("a")) {
            assertEquals(2, a.promise().promised());
            assertEquals(25, a.promise().baseSequence());
        }
    }

    @Test
    void shouldRefuseWhileAHolderIsSilentAndSayWhatMayBeLost() {
        Damage.write(root, "a", 20);
        try (ChronicleJournal silent = Damage.store(root).open("b")) {
            new Frames().appendTo(silent, 25);

            final PromotionException refusal = assertThrows(
                    PromotionException.class,
                    () -> promotion("a", "b", "absent").run(false));
            assertTrue(refusal.getMessage().contains("absent (there is no journal)"), refusal::getMessage);
            assertTrue(refusal.getMessage().contains("has not answered"), refusal::getMessage);
            assertTrue(refusal.getMessage().contains("behind sequence 20 would be lost"), refusal::getMessage);

            final Promotion.Promoted promoted = promotion("a", "b").run(true);
            assertEquals(20, promoted.lastSequence());
            assertEquals(List.of(root.resolve("b")), promoted.missing());
            assertEquals(promoted.epoch(), silent.promise().requested());
        }
        try (ChronicleJournal journal = Damage.store(root).open("new")) {
            final int epoch = journal.promise().start(journal.lastEpoch());
            assertTrue(journal.promise().isLossAccepted(epoch));
            assertFalse(journal.promise().isLossAccepted(epoch + 1));
        }
    }

    @Test
    void shouldLetTheOldSequencerGoOnAfterRefusals() {
        Damage.write(root, "a", 20);
        Damage.write(root, "old", 25);
        final int running = started("old");
        for (int i = 0; i < 2; i++) {
            assertThrows(
                    PromotionException.class, () -> promotion("a", "absent").run(false));
        }

        try (ChronicleJournal a = Damage.store(root).open("a")) {
            assertEquals(running + 2, a.promise().promised());
            assertEquals(
                    Long.MAX_VALUE,
                    a.promise().baseSequence(),
                    "all that the old one wrote before its next start counts");
        }
        assertEquals(running + 2, started("old"), "what is promised is heard");
    }

    @Test
    void shouldNotForgetWhereAReplacedSequencerEndsWhenALaterPromotionIsRefused() {
        Damage.write(root, "a", 20);
        Damage.write(root, "old", 25);
        promotion("a").run(false);

        assertThrows(PromotionException.class, () -> promotion("a", "absent").run(false));

        try (ChronicleJournal a = Damage.store(root).open("a")) {
            assertEquals(20, a.promise().baseSequence(), "frames of the old one behind it are another log's");
        }
    }

    @Test
    void shouldNotLetAReplacedSequencerStartThatTheHoldersKnowToBeReplaced() {
        Damage.write(root, "a", 20);
        writeAsSequencer("old");
        new Promotion(root.resolve("new"), holders("a"), null, TIMEOUT_MS).run(false);

        final IllegalStateException refusal = assertThrows(IllegalStateException.class, () -> heed("old", "a"));

        assertTrue(
                refusal.getMessage().contains("epoch 2 was given to another sequencer, as a knows"),
                () -> refusal.getMessage());
        startBeside("new", "a", 2);
        startBeside("new", "a", 3);
    }

    @Test
    void shouldNotLetAReplacedSequencerStartThatHadBegunUnheard() {
        Damage.write(root, "a", 20);
        writeAsSequencer("old");
        assertEquals(2, started("old"));
        assertEquals(3, started("old"));
        assertEquals(
                2,
                new Promotion(root.resolve("new"), holders("a"), null, TIMEOUT_MS)
                        .run(false)
                        .epoch());

        assertThrows(IllegalStateException.class, () -> heed("old", "a"));
    }

    @Test
    void shouldBeginWhereARefusedPromotionHasRaisedTheBarTo() {
        Damage.write(root, "a", 20);
        writeAsSequencer("old");
        for (int i = 0; i < 2; i++) {
            assertThrows(
                    PromotionException.class,
                    () -> new Promotion(root.resolve("new"), holders("a", "absent"), null, TIMEOUT_MS).run(false));
        }
        heed("old", "a");
        assertEquals(3, started("old"), "what is promised is heard");
    }

    @Test
    void shouldNotLetASequencerStartWhileAPromotionIsUnderWay() {
        Damage.write(root, "a", 20);
        writeAsSequencer("old");
        try (ChronicleJournal a = Damage.store(root).open("a")) {
            a.promise().promise(2, 20, a.lastChain());
        }

        final IllegalStateException refusal = assertThrows(IllegalStateException.class, () -> heed("old", "a"));
        assertTrue(refusal.getMessage().contains("a promotion that has not ended"), refusal::getMessage);
    }

    @Test
    void shouldLetASequencerWithANewDiskBeginAboveWhatOthersKnow() {
        Damage.write(root, "a", 20);
        promotion("a").run(false);

        startBeside("empty", "a", 3);
        startBeside("empty", "a", 4);
    }

    @Test
    void shouldRefuseASecondPromotionWhileOneIsAtWork() throws InterruptedException {
        Damage.write(root, "a", 20);
        Damage.write(root, "b", 20);
        try (ChronicleJournal silent = Damage.store(root).open("b")) {
            final Thread first =
                    new Thread(() -> new Promotion(root.resolve("new"), holders("a", "b"), null, 10_000).run(false));
            first.start();
            while (silent.promise().requested() == 0) {
                Thread.onSpinWait();
            }

            final PromotionException refusal = assertThrows(
                    PromotionException.class,
                    () -> new Promotion(root.resolve("other"), holders("a", "b"), null, TIMEOUT_MS).run(true));
            assertTrue(refusal.getMessage().contains("another promotion is at work on"), refusal::getMessage);

            silent.promise().promise(silent.promise().requested(), 20, silent.lastChain());
            first.join();
        }
        assertEquals(2, started("new"));
    }

    /** 25 frames of epoch 1, which it has begun. */
    private void writeAsSequencer(final String name) {
        try (ChronicleJournal journal = Damage.store(root).open(name)) {
            assertEquals(Frames.EPOCH, journal.promise().start(0));
            new Frames().appendTo(journal, 25);
        }
    }

    private void startBeside(final String sequencer, final String holder, final int epoch) {
        try (ChronicleJournal journal = Damage.store(root).open(sequencer)) {
            heed(journal, holder);
            assertEquals(epoch, journal.promise().start(journal.lastEpoch()));
        }
    }

    private void heed(final String sequencer, final String holder) {
        try (ChronicleJournal journal = Damage.store(root).open(sequencer)) {
            heed(journal, holder);
        }
    }

    private void heed(final ChronicleJournal journal, final String holder) {
        final ChronicleJournalStore store = Damage.store(root);
        journal.promise().heed(holder, store.epoch(holder, store.stat(holder).lastSequence()), store.epochs(holder));
    }

    @Test
    void shouldTakeTheAnswerOfANodeThatRuns() throws InterruptedException {
        Damage.write(root, "a", 20);
        try (ChronicleJournal running = Damage.store(root).open("b")) {
            new Frames().appendTo(running, 25);
            final Thread node = new Thread(() -> {
                while (running.promise().requested() == 0) {
                    Thread.onSpinWait();
                }
                running.promise().promise(running.promise().requested(), 25, running.lastChain());
            });
            node.start();
            assertEquals(
                    25,
                    new Promotion(root.resolve("new"), holders("a", "b"), null, 10_000)
                            .run(false)
                            .lastSequence());
            node.join();
        }
    }

    @Test
    void shouldRefuseATargetWithAnotherLog() {
        Damage.write(root, "a", 20);
        Damage.write(root, "new", 30);

        assertThrows(PromotionException.class, () -> promotion("a").run(false));
    }

    private int started(final String name) {
        try (ChronicleJournal journal = Damage.store(root).open(name)) {
            return journal.promise().start(journal.lastEpoch());
        }
    }

    private Promotion promotion(final String... holders) {
        return new Promotion(root.resolve("new"), holders(holders), root.resolve("old"), TIMEOUT_MS);
    }

    private List<Path> holders(final String... names) {
        return List.of(names).stream().map(root::resolve).toList();
    }
}
