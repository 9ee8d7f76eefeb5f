package org.isochron.risk.liquidation;

/** Who has borne a deficit, quanta: insurance, profits and equity together all of it. */
public final class Burden {
    long deficit;
    long insurancePaid;
    long profitCharged;
    long profitBase;
    long equityCharged;
    long equityBase;

    Burden() {}

    void of(final long newDeficit) {
        deficit = newDeficit;
        insurancePaid = 0;
        profitCharged = 0;
        profitBase = 0;
        equityCharged = 0;
        equityBase = 0;
    }

    /** What nobody bears yet. */
    long left() {
        return deficit - insurancePaid - profitCharged - equityCharged;
    }

    /** What buckets owed beyond what they had. */
    public long deficit() {
        return deficit;
    }

    public long insurancePaid() {
        return insurancePaid;
    }

    public long profitCharged() {
        return profitCharged;
    }

    /** Sum of what profits could be charged, 0 when nothing had to be. */
    public long profitBase() {
        return profitBase;
    }

    public long equityCharged() {
        return equityCharged;
    }

    /** Sum of what equity could be charged, 0 when nothing had to be. */
    public long equityBase() {
        return equityBase;
    }
}
