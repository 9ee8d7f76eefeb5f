package org.isochron.risk.watch;

import java.util.Arrays;
import org.agrona.concurrent.UnsafeBuffer;
import org.isochron.codecs.LiquidationProposalEncoder;
import org.isochron.codecs.MessageHeaderEncoder;
import org.isochron.risk.ledger.Ledger;

/**
 * Buckets found below their maintenance margin: sent worst first, at most {@value #MAX_BUCKETS} in a message and {@value
 * #MAX_OUTSTANDING} messages without an answer. A bucket is not proposed again while an answer for it is awaited, at most
 * {@value #ANSWER_TIMEOUT_NS} ns of sequenced time.
 */
final class Proposals {
    static final int MAX_BUCKETS = 32;
    static final int MAX_OUTSTANDING = 4;
    static final long ANSWER_TIMEOUT_NS = 1_000_000_000L;

    private static final byte NOT_PROPOSED = -1;

    private final Ledger ledger;
    private final RiskReporter reporter;
    private final UnsafeBuffer message = new UnsafeBuffer(new byte[1024]);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final LiquidationProposalEncoder encoder = new LiquidationProposalEncoder();

    private final int[] found;
    private final long[] shortfall;
    private int foundCount;

    /** By bucket: the outstanding message it is part of. */
    private final byte[] messageOf;

    private final int[] awaited = new int[MAX_OUTSTANDING];
    private final long[] sentAtNs = new long[MAX_OUTSTANDING];

    Proposals(final Ledger ledger, final int buckets, final RiskReporter reporter) {
        this.ledger = ledger;
        this.reporter = reporter;
        found = new int[buckets];
        shortfall = new long[buckets];
        messageOf = new byte[buckets];
        Arrays.fill(messageOf, NOT_PROPOSED);
    }

    boolean isAwaited(final int bucket) {
        return messageOf[bucket] != NOT_PROPOSED;
    }

    boolean isEmpty() {
        return foundCount == 0;
    }

    /** Notes a bucket to be proposed; a bucket is noted at most once before it is sent. */
    void add(final int bucket, final long bucketShortfall) {
        for (int i = 0; i < foundCount; i++) {
            if (found[i] == bucket) {
                shortfall[i] = bucketShortfall;
                return;
            }
        }
        found[foundCount] = bucket;
        shortfall[foundCount++] = bucketShortfall;
    }

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
        final int count = Math.min(MAX_BUCKETS, foundCount);
        worstFirst(count);
        final LiquidationProposalEncoder.BucketsEncoder group = encoder.wrapAndApplyHeader(message, 0, header)
                .seqNum(0)
                .reserved32(0)
                .observedSequence(observedSequence)
                .bucketsCount(count);
        for (int i = 0; i < count; i++) {
            group.next()
                    .accountId(ledger.accountId(ledger.bucketAccount(found[i])))
                    .assetId(ledger.assets().id(ledger.bucketAsset(found[i])))
                    .instrumentId(instrumentId(found[i]));
        }
        if (!reporter.send(message, 0, MessageHeaderEncoder.ENCODED_LENGTH + encoder.encodedLength())) {
            return false;
        }
        for (int i = 0; i < count; i++) {
            messageOf[found[i]] = (byte) slot;
        }
        awaited[slot] = count;
        sentAtNs[slot] = sequencedNs;
        foundCount -= count;
        System.arraycopy(found, count, found, 0, foundCount);
        System.arraycopy(shortfall, count, shortfall, 0, foundCount);
        return true;
    }

    private long instrumentId(final int bucket) {
        return ledger.isIsolated(bucket)
                ? ledger.instruments().id(ledger.bucketInstrument(bucket))
                : LiquidationProposalEncoder.BucketsEncoder.instrumentIdNullValue();
    }

    /** Moves the {@code count} largest shortfalls to the front, largest first; equal ones by bucket. */
    private void worstFirst(final int count) {
        for (int i = 0; i < count; i++) {
            int worst = i;
            for (int j = i + 1; j < foundCount; j++) {
                if (shortfall[j] > shortfall[worst] || shortfall[j] == shortfall[worst] && found[j] < found[worst]) {
                    worst = j;
                }
            }
            final int bucket = found[worst];
            final long amount = shortfall[worst];
            found[worst] = found[i];
            shortfall[worst] = shortfall[i];
            found[i] = bucket;
            shortfall[i] = amount;
        }
    }

    /** The core has answered for the bucket. */
    void answered(final int bucket) {
        final byte slot = messageOf[bucket];
        if (slot != NOT_PROPOSED) {
            messageOf[bucket] = NOT_PROPOSED;
            awaited[slot]--;
        }
    }

    /** Gives up waiting for answers that are overdue; their buckets go back to be judged again. */
    void expire(final long sequencedNs, final BucketQueue again) {
        for (int slot = 0; slot < MAX_OUTSTANDING; slot++) {
            if (awaited[slot] > 0 && sequencedNs - sentAtNs[slot] > ANSWER_TIMEOUT_NS) {
                for (int bucket = 0; bucket < messageOf.length; bucket++) {
                    if (messageOf[bucket] == slot) {
                        messageOf[bucket] = NOT_PROPOSED;
                        again.add(bucket);
                    }
                }
                awaited[slot] = 0;
            }
        }
    }
}
