package org.isochron.matcher.venue;

import org.isochron.risk.state.Capacities;
import org.isochron.risk.state.StateTable;

/** The venue's single numbers: its time, its counters and its definition. Part of the noun SESSIONS. */
final class Counters {
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
    private static final int CAPACITY = 10;
    private static final int FIELDS = 18;

    private final StateTable table = new StateTable("counters", 1, FIELDS);

    Counters(final Capacities capacities) {
        capacities(capacities);
        gatewayTimeoutMs(GENESIS_GATEWAY_TIMEOUT_MS);
        scanDeadlineMs(GENESIS_SCAN_DEADLINE_MS);
    }

    void capacities(final Capacities capacities) {
        table.set(0, CAPACITY, capacities.assets());
        table.set(0, CAPACITY + 1, capacities.instruments());
        table.set(0, CAPACITY + 2, capacities.accounts());
        table.set(0, CAPACITY + 3, capacities.positions());
        table.set(0, CAPACITY + 4, capacities.orders());
        table.set(0, CAPACITY + 5, capacities.sessions());
        table.set(0, CAPACITY + 6, capacities.firms());
        table.set(0, CAPACITY + 7, capacities.mmpGroups());
    }

    long nowNs() {
        return table.get(0, NOW_NS);
    }

    void nowNs(final long nowNs) {
        table.set(0, NOW_NS, nowNs);
    }

    long nextPrivateSeq() {
        return table.add(0, PRIVATE_SEQ, 1);
    }

    long privateSeq() {
        return table.get(0, PRIVATE_SEQ);
    }

    long nextPublicSeq() {
        return table.add(0, PUBLIC_SEQ, 1);
    }

    long publicSeq() {
        return table.get(0, PUBLIC_SEQ);
    }

    long epoch() {
        return table.get(0, EPOCH);
    }

    void epoch(final long epoch) {
        table.set(0, EPOCH, epoch);
    }

    long gatewayTimeoutMs() {
        return table.get(0, GATEWAY_TIMEOUT_MS);
    }

    void gatewayTimeoutMs(final long timeoutMs) {
        table.set(0, GATEWAY_TIMEOUT_MS, timeoutMs);
    }

    long scanDeadlineMs() {
        return table.get(0, SCAN_DEADLINE_MS);
    }

    void scanDeadlineMs(final long deadlineMs) {
        table.set(0, SCAN_DEADLINE_MS, deadlineMs);
    }

    boolean isCancelOnly() {
        return table.get(0, CANCEL_ONLY) != 0;
    }

    /** Sequence at which the replicas' reports differed last, when the venue is cancel-only for it. */
    long divergedAt() {
        return table.get(0, DIVERGED_AT);
    }

    void cancelOnly(final boolean cancelOnly, final long divergedAt) {
        table.set(0, CANCEL_ONLY, cancelOnly ? 1 : 0);
        table.set(0, DIVERGED_AT, divergedAt);
    }

    /** State up to which the newest finished risk scan has judged. */
    long scannedSequence() {
        return table.get(0, SCANNED_SEQUENCE);
    }

    void scannedSequence(final long sequence) {
        table.set(0, SCANNED_SEQUENCE, sequence);
    }

    /** The newest NodeStatus: nodeId &lt;&lt; 8 | state. */
    void nodeStatus(final long nodeId, final int state) {
        table.set(0, NODE_STATUS, nodeId << 8 | state);
    }

    long hash() {
        return table.hash();
    }

    void verify() {
        table.verify();
    }
}
