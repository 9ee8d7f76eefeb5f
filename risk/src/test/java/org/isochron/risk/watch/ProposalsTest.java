package org.isochron.risk.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.agrona.DirectBuffer;
import org.isochron.codecs.LiquidationProposalDecoder;
import org.isochron.codecs.MessageHeaderDecoder;
import org.isochron.risk.ledger.RiskWorld;
import org.junit.jupiter.api.Test;

class ProposalsTest {
    private static final int ACCOUNTS = 1_000;

    private final RiskWorld world = new RiskWorld();
    private final List<Long> sent = new ArrayList<>();
    private int messages;
    private boolean refuses;
    private final Proposals proposals =
            new Proposals(world.ledger, world.ledger.bucketHandles(), (message, offset, length) -> take(message));

    ProposalsTest() {
        for (int i = 0; i < ACCOUNTS; i++) {
            world.account(1 + i, 0);
        }
    }

    private boolean take(final DirectBuffer message) {
        if (refuses) {
            return false;
        }
        messages++;
        final LiquidationProposalDecoder proposal = new LiquidationProposalDecoder();
        proposal.wrapAndApplyHeader(message, 0, new MessageHeaderDecoder());
        for (final LiquidationProposalDecoder.BucketsDecoder bucket : proposal.buckets()) {
            sent.add(bucket.accountId());
        }
        return true;
    }

    private int bucket(final long accountId) {
        return world.ledger.crossBucket(world.ledger.findAccount(accountId), RiskWorld.ASSET);
    }

    private void answerAll() {
        for (int account = 1; account <= ACCOUNTS; account++) {
            proposals.answered(bucket(account));
        }
    }

    @Test
    void shouldSendTheWorstOfAllFirstWhateverHappenedToThemMeanwhile() {
        final long seed = 11;
        System.out.println("ProposalsTest seed " + seed);
        final SplittableRandom random = new SplittableRandom(seed);
        final TreeMap<Long, Long> naive = new TreeMap<>();
        for (int step = 0; step < 50_000; step++) {
            final long account = 1 + random.nextInt(ACCOUNTS);
            if (random.nextInt(5) == 0) {
                proposals.remove(bucket(account));
                naive.remove(account);
            } else {
                final long shortfall = random.nextInt(500);
                proposals.put(bucket(account), shortfall);
                naive.put(account, shortfall);
            }
        }
        while (!proposals.isEmpty()) {
            proposals.send(1, 1);
            answerAll();
        }

        final List<Long> wanted = new ArrayList<>(naive.keySet());
        wanted.sort(Comparator.<Long>comparingLong(naive::get).reversed().thenComparing(Comparator.naturalOrder()));
        assertEquals(wanted, sent);
    }

    @Test
    void shouldHaveNoMoreThanFourMessagesWithoutAnAnswer() {
        for (int account = 1; account <= 200; account++) {
            proposals.put(bucket(account), account);
        }

        assertEquals(4, proposals.send(1, 1));
        assertEquals(0, proposals.send(1, 1));
        assertEquals(4 * Proposals.MAX_BUCKETS, sent.size());
        assertEquals(200, sent.get(0));

        answerAll();
        assertEquals(3, proposals.send(1, 1));
        assertEquals(200, sent.size());
    }

    @Test
    void shouldKeepAllInOrderWhenAMessageCannotBeSent() {
        for (int account = 1; account <= 40; account++) {
            proposals.put(bucket(account), account);
        }
        refuses = true;
        assertEquals(0, proposals.send(1, 1));
        refuses = false;
        proposals.send(1, 1);

        assertEquals(40, sent.size());
        assertEquals(40, sent.get(0));
        assertEquals(1, sent.get(39));
    }

    @Test
    void shouldGiveUpWaitingAfterASecondAndHaveThemJudgedAgain() {
        proposals.put(bucket(1), 5);
        proposals.put(bucket(2), 4);
        proposals.send(1, 1);
        proposals.answered(bucket(2));
        final BucketQueue again = new BucketQueue(world.ledger.bucketHandles());

        proposals.expire(1 + Proposals.ANSWER_TIMEOUT_NS, again);
        assertTrue(again.isEmpty());
        assertTrue(proposals.isAwaited(bucket(1)));

        proposals.expire(2 + Proposals.ANSWER_TIMEOUT_NS, again);
        assertEquals(bucket(1), again.poll());
        assertTrue(again.isEmpty());
        assertFalse(proposals.isAwaited(bucket(1)));
    }

    @Test
    void shouldFindManyTimesMoreThanItBeganWithRoomFor() {
        for (int account = 1; account <= ACCOUNTS; account++) {
            for (int asset = 0; asset < 3; asset++) {
                proposals.put(world.ledger.crossBucket(world.ledger.findAccount(account), asset), account * 3L + asset);
            }
        }
        for (int account = 1; account <= ACCOUNTS; account++) {
            assertTrue(proposals.isFound(bucket(account)));
        }
    }
}
