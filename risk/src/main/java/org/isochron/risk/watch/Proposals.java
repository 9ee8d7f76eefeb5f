package org.isochron.risk.watch;

import java.util.Arrays;
import org.agrona.concurrent.UnsafeBuffer;
import org.isochron.codecs.LiquidationProposalEncoder;
import org.isochron.codecs.MessageHeaderEncoder;
import org.isochron.risk.ledger.Ledger;

/**
 * Buckets found below their maintenance margin, in a heap: sent worst first, at most {@value #MAX_BUCKETS} in a message and
 * {@value #MAX_OUTSTANDING} messages without an answer. A bucket is not proposed again while an answer for it is awaited,
 * at most {@value #ANSWER_TIMEOUT_NS} ns of sequenced time. Memory grows by doubling when more are found than ever before.
 */
final class Proposals {
    static final int MAX_BUCKETS = 32;
    static final int MAX_OUTSTANDING = 4;
    static final long ANSWER_TIMEOUT_NS = 1_000_000_000L;

    private static final int FIRST_CAPACITY = 1_024;

    private final Ledger ledger;
    private final RiskReporter reporter;
    private final UnsafeBuffer message = new UnsafeBuffer(new byte[1024]);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final LiquidationProposalEncoder encoder = new LiquidationProposalEncoder();

    /** A binary heap with the largest shortfall on top, of equal ones the lowest bucket. */
    private int[] found = new int[FIRST_CAPACITY];

    private long[] shortfall = new long[FIRST_CAPACITY];
    private int foundCount;

    /** By bucket: place in the heap + 1, or -1 - the outstanding message it is part of; 0 for neither. */
    private final int[] places;

    private final int[] sentBuckets = new int[MAX_OUTSTANDING * MAX_BUCKETS];
    private final long[] sentShortfall = new long[MAX_BUCKETS];
    private final int[] sentCount = new int[MAX_OUTSTANDING];
    private final int[] awaited = new int[MAX_OUTSTANDING];
    private final long[] sentAtNs = new long[MAX_OUTSTANDING];

    Proposals(final Ledger ledger, final int buckets, final RiskReporter reporter) {
        this.ledger = ledger;
        this.reporter = reporter;
        places = new int[buckets];
    }

    boolean isAwaited(final int bucket) {
        return places[bucket] < 0;
    }

    /** Whether the bucket waits to be sent. */
    boolean isFound(final int bucket) {
        return places[bucket] > 0;
    }

    /** Whether nothing waits to be sent. */
    boolean isEmpty() {
        return foundCount == 0;
    }

    /** Whether nothing waits to be sent or, sent, for an answer: a session that ends takes along what it has sent. */
    boolean isSettled() {
        int waiting = foundCount;
        for (final int unanswered : awaited) {
            waiting += unanswered;
        }
        return waiting == 0;
    }

    // Finding

    /** Notes a bucket to be proposed, or what it lacks now; not one for which an answer is awaited. */
    void put(final int bucket, final long bucketShortfall) {
        int place = places[bucket] - 1;
        if (place < 0) {
            if (foundCount == found.length) {
                found = Arrays.copyOf(found, 2 * foundCount);
                shortfall = Arrays.copyOf(shortfall, 2 * foundCount);
            }
            place = foundCount++;
            set(place, bucket, bucketShortfall);
        } else {
            shortfall[place] = bucketShortfall;
        }
        sink(rise(place));
    }

    /** The bucket is not to be proposed: it is healthy, or somebody else was first. */
    void remove(final int bucket) {
        final int place = places[bucket] - 1;
        if (place < 0) {
            return;
        }
        places[bucket] = 0;
        foundCount--;
        if (place < foundCount) {
            set(place, found[foundCount], shortfall[foundCount]);
            sink(rise(place));
        }
    }

    private void set(final int place, final int bucket, final long bucketShortfall) {
        found[place] = bucket;
        shortfall[place] = bucketShortfall;
        places[bucket] = place + 1;
    }

    private int rise(final int from) {
        int place = from;
        while (place > 0 && isWorse(place, place - 1 >> 1)) {
            swap(place, place - 1 >> 1);
            place = place - 1 >> 1;
        }
        return place;
    }

    private void sink(final int from) {
        int place = from;
        while (true) {
            int worst = place;
            for (int child = 2 * place + 1; child <= 2 * place + 2 && child < foundCount; child++) {
                if (isWorse(child, worst)) {
                    worst = child;
                }
            }
            if (worst == place) {
                return;
            }
            swap(place, worst);
            place = worst;
        }
    }

    private boolean isWorse(final int one, final int other) {
        return shortfall[one] > shortfall[other] || shortfall[one] == shortfall[other] && found[one] < found[other];
    }

    private void swap(final int one, final int other) {
        final int bucket = found[one];
        final long amount = shortfall[one];
        set(one, found[other], shortfall[other]);
        set(other, bucket, amount);
    }

    // Sending

    /** Sends what may be sent; returns the number of messages sent. */
    int send(final long observedSequence, final long sequencedNs) {
        int sent = 0;
        for (int slot = 0; slot < MAX_OUTSTANDING && foundCount > 0; slot++) {
            if (awaited[slot] == 0) {
                if (!sendOne(slot, observedSequence, sequencedNs)) {
                    break;
                }
                sent++;
            }
        }
        return sent;
    }

    private boolean sendOne(final int slot, final long observedSequence, final long sequencedNs) {
        final int count = takeWorst(slot);
        encode(slot, count, observedSequence);
        if (!reporter.send(message, 0, MessageHeaderEncoder.ENCODED_LENGTH + encoder.encodedLength())) {
            for (int i = 0; i < count; i++) {
                put(sentBuckets[slot * MAX_BUCKETS + i], sentShortfall[i]);
            }
            return false;
        }
        for (int i = 0; i < count; i++) {
            places[sentBuckets[slot * MAX_BUCKETS + i]] = -1 - slot;
        }
        sentCount[slot] = count;
        awaited[slot] = count;
        sentAtNs[slot] = sequencedNs;
        return true;
    }

    private int takeWorst(final int slot) {
        final int count = Math.min(MAX_BUCKETS, foundCount);
        for (int i = 0; i < count; i++) {
            sentBuckets[slot * MAX_BUCKETS + i] = found[0];
            sentShortfall[i] = shortfall[0];
            remove(found[0]);
        }
        return count;
    }

    private void encode(final int slot, final int count, final long observedSequence) {
        final LiquidationProposalEncoder.BucketsEncoder group = encoder.wrapAndApplyHeader(message, 0, header)
                .seqNum(0)
                .reserved32(0)
                .observedSequence(observedSequence)
                .bucketsCount(count);
        for (int i = 0; i < count; i++) {
            final int bucket = sentBuckets[slot * MAX_BUCKETS + i];
            group.next()
                    .accountId(ledger.accountId(ledger.bucketAccount(bucket)))
                    .assetId(ledger.assets().id(ledger.bucketAsset(bucket)))
                    .instrumentId(instrumentId(bucket));
        }
    }

    private long instrumentId(final int bucket) {
        return ledger.isIsolated(bucket)
                ? ledger.instruments().id(ledger.bucketInstrument(bucket))
                : LiquidationProposalEncoder.BucketsEncoder.instrumentIdNullValue();
    }

    // Answers

    /** The core has answered for the bucket, whoever proposed it; returns whether this node awaited it. */
    boolean answered(final int bucket) {
        if (places[bucket] >= 0) {
            return false;
        }
        awaited[-1 - places[bucket]]--;
        places[bucket] = 0;
        return true;
    }

    /** Gives up waiting for answers that are overdue; their buckets go back to be judged again. */
    void expire(final long sequencedNs, final BucketQueue again) {
        for (int slot = 0; slot < MAX_OUTSTANDING; slot++) {
            if (awaited[slot] > 0 && sequencedNs - sentAtNs[slot] > ANSWER_TIMEOUT_NS) {
                for (int i = slot * MAX_BUCKETS; i < slot * MAX_BUCKETS + sentCount[slot]; i++) {
                    if (places[sentBuckets[i]] == -1 - slot) {
                        places[sentBuckets[i]] = 0;
                        again.add(sentBuckets[i]);
                    }
                }
                awaited[slot] = 0;
            }
        }
    }
}
