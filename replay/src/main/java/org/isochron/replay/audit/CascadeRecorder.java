package org.isochron.replay.audit;

import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.TreeMap;
import org.isochron.codecs.LiquidationPrintKind;

/** Notes how each instrument stands around its liquidations, for pictures. Quiet times are not kept. */
final class CascadeRecorder {
    private static final long STEP_NS = 100_000_000;
    /** Before the first lot and after the last. */
    private static final long AROUND_NS = 10_000_000_000L;
    /** Liquidations with less time between them belong together. */
    private static final long GAP_NS = 60_000_000_000L;

    private final AuditedVenue venue;
    private final AuditedFund fund;
    private final LiquidationFindings findings;
    private final Map<Long, Track> tracks = new TreeMap<>();
    private long sampledNs;

    /** What one instrument has behind it. */
    private static final class Track {
        private final AuditedInstrument instrument;
        private final Deque<Cascade.Point> before = new ArrayDeque<>();
        private Cascade cascade;
        private long lastPrintNs;
        private BigInteger toBook = BigInteger.ZERO;
        private BigInteger toFund = BigInteger.ZERO;
        private BigInteger deleveraged = BigInteger.ZERO;
        private BigInteger settled = BigInteger.ZERO;

        Track(final AuditedInstrument instrument) {
            this.instrument = instrument;
        }

        void add(final LiquidationPrintKind kind, final BigInteger amount) {
            if (kind == null) {
                settled = settled.add(amount);
                return;
            }
            switch (kind) {
                case TRANCHE -> toBook = toBook.add(amount);
                case TAKEOVER -> toFund = toFund.add(amount);
                case DELEVERAGED -> deleveraged = deleveraged.add(amount);
                case UNWIND, NULL_VAL -> {
                    // has been counted as it was taken over
                }
            }
        }

        void reset() {
            cascade = null;
            before.clear();
            toBook = BigInteger.ZERO;
            toFund = BigInteger.ZERO;
            deleveraged = BigInteger.ZERO;
            settled = BigInteger.ZERO;
        }
    }

    CascadeRecorder(final AuditedVenue venue, final AuditedFund fund, final LiquidationFindings findings) {
        this.venue = venue;
        this.fund = fund;
        this.findings = findings;
    }

    /** @param kind null for a settled market. */
    void went(
            final AuditedInstrument instrument,
            final LiquidationPrintKind kind,
            final long lots,
            final BigInteger cash) {
        final Track track = tracks.computeIfAbsent(instrument.id, id -> new Track(instrument));
        endIfQuiet(track);
        if (track.cascade == null) {
            begin(track);
        }
        track.add(kind, instrument.value(lots).abs());
        track.lastPrintNs = venue.timeNs;
        track.cascade.add(new Cascade.Print(venue.timeNs, kind, lots, cash.abs()));
    }

    private void begin(final Track track) {
        final AuditedContract contract = track.instrument.contract;
        track.cascade = new Cascade(contract.symbol(), venue.asset(contract.assetId()).symbol, contract.scale());
        track.before.forEach(track.cascade::add);
        findings.cascade(track.cascade);
    }

    /** The command is over. */
    void commandEnds() {
        final boolean isSampled = venue.timeNs - sampledNs >= STEP_NS;
        if (isSampled) {
            sampledNs = venue.timeNs;
            venue.instruments.values().forEach(each -> tracks.computeIfAbsent(each.id, id -> new Track(each)));
        }
        for (final Track track : tracks.values()) {
            if (isSampled || track.lastPrintNs == venue.timeNs) {
                sample(track);
            }
        }
    }

    private void endIfQuiet(final Track track) {
        if (track.cascade != null && venue.timeNs - track.lastPrintNs > GAP_NS) {
            track.cascade.cut(track.lastPrintNs + AROUND_NS);
            track.reset();
        }
    }

    private void sample(final Track track) {
        endIfQuiet(track);
        final Cascade.Point point = new Cascade.Point(
                venue.timeNs,
                track.instrument.price(track.instrument.markTicks),
                fund.equity(track.instrument.contract.assetId()),
                track.toBook,
                track.toFund,
                track.deleveraged,
                track.settled);
        if (track.cascade != null) {
            track.cascade.add(point);
        }
        track.before.addLast(point);
        while (track.before.getFirst().timeNs() < venue.timeNs - AROUND_NS) {
            track.before.removeFirst();
        }
    }
}
