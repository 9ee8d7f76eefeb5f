package org.isochron.replay.audit;

import java.math.BigInteger;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.isochron.replay.audit.AuditedBucket.Id;

/**
 * The venue's money as somebody outside would keep it who has all events and nothing else: instruments, buckets, positions.
 * {@link AuditedDefinitions} and {@link AuditedMoney} write it.
 */
final class AuditedVenue {
    /** Ids from here up are the venue's own accounts. */
    static final long FIRST_OWN_ID = 4_000_000_000L;

    static final long FEE_ID = FIRST_OWN_ID + 1;
    static final long INSURANCE_ID = FIRST_OWN_ID + 2;
    static final long ROUNDING_ID = FIRST_OWN_ID + 3;

    /** By id. */
    final TreeMap<Long, AuditedAsset> assets = new TreeMap<>();
    /** By id. */
    final TreeMap<Long, AuditedInstrument> instruments = new TreeMap<>();

    private final TreeMap<Id, AuditedBucket> buckets = new TreeMap<>();
    private final Map<Pair, AuditedPledge.Terms> collaterals = new HashMap<>();
    /** Buckets whose margin may be another than before: cash, lots or prices. */
    private final Set<AuditedBucket> touched = new LinkedHashSet<>();

    /** An asset pledged, and the one it counts in. */
    private record Pair(long asset, long settleAsset) {}

    boolean isCancelOnly;
    long sequence;
    long timeNs;
    private long openings;

    void begin(final long commandSequence, final long commandTimeNs) {
        sequence = commandSequence;
        timeNs = commandTimeNs;
        instruments.values().forEach(each -> each.activate(commandSequence));
    }

    Collection<AuditedBucket> buckets() {
        return buckets.values();
    }

    AuditedBucket cross(final long accountId, final long assetId) {
        return bucket(new Id(accountId, assetId, AuditedBucket.CROSS));
    }

    /** @param instrumentId null of the message for cross margin. */
    AuditedBucket bucket(final long accountId, final long assetId, final long instrumentId) {
        return bucket(new Id(accountId, assetId, instrumentId));
    }

    AuditedBucket bucket(final Id id) {
        return buckets.computeIfAbsent(id, AuditedBucket::new);
    }

    AuditedInstrument instrument(final long instrumentId) {
        final AuditedInstrument instrument = instruments.get(instrumentId);
        if (instrument == null) {
            throw new IllegalStateException("an event names instrument " + instrumentId + ", which nobody defined");
        }
        return instrument;
    }

    /** Of account and instrument, in cross margin at first. */
    AuditedPosition position(final long accountId, final long instrumentId) {
        final AuditedInstrument instrument = instrument(instrumentId);
        return instrument.holders.computeIfAbsent(accountId, account -> {
            final AuditedBucket bucket = cross(account, instrument.contract.assetId());
            final AuditedPosition position = new AuditedPosition(account, instrument, bucket);
            bucket.positions.put(instrumentId, position);
            return position;
        });
    }

    /** What an idle position is margined in from now on. */
    void isolate(final AuditedPosition position, final boolean isolated) {
        final long instrumentId = position.instrument.id;
        position.bucket.positions.remove(instrumentId);
        position.bucket = bucket(
                position.accountId,
                position.instrument.contract.assetId(),
                isolated ? instrumentId : AuditedBucket.CROSS);
        position.bucket.positions.put(instrumentId, position);
    }

    /** Lots come for cash that goes with them, or the other way; the cash itself is moved by {@link #pay}. */
    void move(final AuditedPosition position, final long lots, final BigInteger cash) {
        final long before = position.lots;
        position.move(lots, cash);
        if (Long.signum(before) != Long.signum(position.lots)) {
            position.openedAs = ++openings;
        }
        touched.add(position.bucket);
    }

    void pay(final AuditedBucket bucket, final BigInteger amount) {
        bucket.cash = bucket.cash.add(amount);
        touched.add(bucket);
    }

    /** Replaces what the pledged asset counted in the settlement asset. */
    void define(final long settleAssetId, final AuditedPledge.Terms terms) {
        collaterals.put(new Pair(terms.assetId(), settleAssetId), terms);
        repricedCollateral(terms.instrument());
    }

    /** Pledged collateral of an account grows, or shrinks. */
    void pledge(final long accountId, final long assetId, final long settleAssetId, final BigInteger amount) {
        final AuditedBucket bucket = cross(accountId, settleAssetId);
        final Pair pair = new Pair(assetId, settleAssetId);
        final AuditedPledge pledge =
                bucket.pledges.computeIfAbsent(assetId, id -> new AuditedPledge(() -> collaterals.get(pair)));
        pledge.balance = pledge.balance.add(amount);
        touched.add(bucket);
    }

    /** The index of the instrument, which may price collateral, has changed. */
    void repricedCollateral(final AuditedInstrument instrument) {
        collaterals.forEach((pair, terms) -> {
            if (terms.instrument() == instrument) {
                touchPledgers(pair.asset);
            }
        });
    }

    private void touchPledgers(final long assetId) {
        for (final AuditedBucket bucket : buckets.values()) {
            if (bucket.pledges.containsKey(assetId)) {
                touched.add(bucket);
            }
        }
    }

    AuditedAsset asset(final long assetId) {
        return assets.get(assetId);
    }

    AuditedBucket insurance(final long assetId) {
        return cross(INSURANCE_ID, assetId);
    }

    /** The instrument's mark, funding index or terms have changed. */
    void repriced(final AuditedInstrument instrument) {
        for (final AuditedPosition holder : instrument.holders.values()) {
            if (holder.lots != 0) {
                touched.add(holder.bucket);
            }
        }
    }

    /** Buckets touched since the last call. */
    Set<AuditedBucket> takeTouched() {
        final Set<AuditedBucket> taken = new LinkedHashSet<>(touched);
        touched.clear();
        return taken;
    }
}
