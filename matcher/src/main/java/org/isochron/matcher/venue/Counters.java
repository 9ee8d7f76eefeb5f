package org.isochron.matcher.venue;

import org.isochron.codecs.frame.XxHash64;
import org.isochron.risk.state.Capacities;
import org.isochron.risk.state.StatePart;
import org.isochron.risk.state.Writes;
import org.isochron.sequencer.replica.SnapshotException;
import org.isochron.sequencer.replica.StateImage;

/**
 * The venue's single numbers: its time, its counters and its definition. Part of the noun SESSIONS. Several change with
 * every event, so they are hashed when the hash is asked for, not where they are written.
 */
final class Counters implements StatePart {
    static final long GENESIS_GATEWAY_TIMEOUT_MS = 2_000;
    static final long GENESIS_SCAN_DEADLINE_MS = 1_000;

    private static final int NOW_NS = 0;
    private static final int PRIVATE_SEQ = 1;
    private static final int PUBLIC_SEQ = 2;
    private static final int EPOCH = 3;
    private static final int GATEWAY_TIMEOUT_MS = 4;
    private static final int SCAN_DEADLINE_MS = 5;
    private static final int CANCEL_ONLY = 6;
    private static final int DIVERGED_AT = 7;
    private static final int SCANNED_SEQUENCE = 8;
    private static final int NODE_STATUS = 9;
    private static final int PLEDGE_LOOK = 10;
    private static final int CAPACITY = 11;
    private static final int FIELDS = 20;

    /** Why the venue is cancel-only, bits of its cell. */
    private static final long DIVERGED = 1;

    private static final long DISK_LOW = 2;

    private static final String NAME = "counters";
    private static final long FACTOR = 0x9E3779B185EBCA87L;

    private final long[] cells = new long[FIELDS];
    private Writes writes = new Writes();

    Counters(final Capacities capacities) {
        capacities(capacities);
        gatewayTimeoutMs(GENESIS_GATEWAY_TIMEOUT_MS);
        scanDeadlineMs(GENESIS_SCAN_DEADLINE_MS);
    }

    void capacities(final Capacities capacities) {
        writes.note();
        cells[CAPACITY] = capacities.assets();
        cells[CAPACITY + 1] = capacities.instruments();
        cells[CAPACITY + 2] = capacities.accounts();
        cells[CAPACITY + 3] = capacities.positions();
        cells[CAPACITY + 4] = capacities.orders();
        cells[CAPACITY + 5] = capacities.sessions();
        cells[CAPACITY + 6] = capacities.firms();
        cells[CAPACITY + 7] = capacities.mmpGroups();
        cells[CAPACITY + 8] = capacities.pledges();
    }

    /** As they are in force. */
    Capacities capacities() {
        return new Capacities(
                (int) cells[CAPACITY],
                (int) cells[CAPACITY + 1],
                (int) cells[CAPACITY + 2],
                (int) cells[CAPACITY + 3],
                (int) cells[CAPACITY + 4],
                (int) cells[CAPACITY + 5],
                (int) cells[CAPACITY + 6],
                (int) cells[CAPACITY + 7],
                (int) cells[CAPACITY + 8]);
    }

    long nowNs() {
        return cells[NOW_NS];
    }

    void nowNs(final long nowNs) {
        set(NOW_NS, nowNs);
    }

    long nextPrivateSeq() {
        writes.note();
        return ++cells[PRIVATE_SEQ];
    }

    long privateSeq() {
        return cells[PRIVATE_SEQ];
    }

    long nextPublicSeq() {
        writes.note();
        return ++cells[PUBLIC_SEQ];
    }

    long publicSeq() {
        return cells[PUBLIC_SEQ];
    }

    long epoch() {
        return cells[EPOCH];
    }

    void epoch(final long epoch) {
        set(EPOCH, epoch);
    }

    long gatewayTimeoutMs() {
        return cells[GATEWAY_TIMEOUT_MS];
    }

    void gatewayTimeoutMs(final long timeoutMs) {
        set(GATEWAY_TIMEOUT_MS, timeoutMs);
    }

    long scanDeadlineMs() {
        return cells[SCAN_DEADLINE_MS];
    }

    void scanDeadlineMs(final long deadlineMs) {
        set(SCAN_DEADLINE_MS, deadlineMs);
    }

    boolean isCancelOnly() {
        return cells[CANCEL_ONLY] != 0;
    }

    /** Sequence at which the replicas' reports differed last, when the venue is cancel-only for it. */
    long divergedAt() {
        return cells[DIVERGED_AT];
    }

    boolean isDiverged() {
        return (cells[CANCEL_ONLY] & DIVERGED) != 0;
    }

    void diverged(final boolean isDiverged, final long divergedAt) {
        set(CANCEL_ONLY, isDiverged ? cells[CANCEL_ONLY] | DIVERGED : cells[CANCEL_ONLY] & ~DIVERGED);
        cells[DIVERGED_AT] = divergedAt;
    }

    boolean isDiskLow() {
        return (cells[CANCEL_ONLY] & DISK_LOW) != 0;
    }

    void diskLow(final boolean isDiskLow) {
        set(CANCEL_ONLY, isDiskLow ? cells[CANCEL_ONLY] | DISK_LOW : cells[CANCEL_ONLY] & ~DISK_LOW);
    }

    /** State up to which the newest finished risk scan has judged. */
    long scannedSequence() {
        return cells[SCANNED_SEQUENCE];
    }

    void scannedSequence(final long sequence) {
        set(SCANNED_SEQUENCE, sequence);
    }

    /** Looks at pledges so far: who is looked at next follows from it. */
    long nextPledgeLook() {
        writes.note();
        return cells[PLEDGE_LOOK]++;
    }

    /** The newest NodeStatus: nodeId &lt;&lt; 8 | state. */
    void nodeStatus(final long nodeId, final int state) {
        set(NODE_STATUS, nodeId << 8 | state);
    }

    private void set(final int field, final long value) {
        writes.note();
        cells[field] = value;
    }

    @Override
    public void notes(final Writes to) {
        writes = to;
    }

    /** A chain over all cells: their places count. */
    @Override
    public long hash() {
        long hash = FIELDS;
        for (final long cell : cells) {
            hash = XxHash64.mix(hash * FACTOR + cell);
        }
        return hash;
    }

    /** Nothing to hold it against: the hash is made when it is asked for. */
    @Override
    public void verify() {}

    @Override
    public void save(final StateImage image) {
        image.beginSection(NAME, 1, FIELDS, hash());
        image.put(cells, 0, FIELDS);
        image.endSection();
    }

    @Override
    public void load(final StateImage image) {
        final long saved = image.openSection(NAME, 1, FIELDS);
        image.get(cells, 0, FIELDS);
        image.closeSection();
        if (hash() != saved) {
            throw new SnapshotException("counters: their hash is not the one saved");
        }
    }
}
