package org.isochron.risk.rules;

import org.isochron.codecs.frame.XxHash64;
import org.isochron.risk.state.StateOwner;
import org.isochron.risk.state.StateVisitor;

/** All rules of all instruments, one table for each kind. Part of the ledger, beside the contracts they belong to. */
public final class Rules implements StateOwner {
    /** No instrument. */
    public static final int NONE = -1;

    /** In the order of their messages, which is part of the combined hash. */
    private final RuleTable[] kinds;

    private final TermUpdates termUpdates;
    private final IndexRules index;
    private final MarkRules mark;
    private final ClosedRules closed;
    private final FundingRules funding;
    private final LiquidationRules liquidation;
    private final MarginRules margins;
    private int instruments;

    /** @param instruments capacity. */
    public Rules(final int instruments) {
        this.instruments = instruments;
        termUpdates = new TermUpdates(instruments);
        index = new IndexRules(instruments);
        mark = new MarkRules(instruments);
        closed = new ClosedRules(instruments);
        funding = new FundingRules(instruments);
        liquidation = new LiquidationRules(instruments);
        margins = new MarginRules(instruments);
        kinds = new RuleTable[] {
            index.table(), mark.table(), closed.table(), funding.table(), liquidation.table(), margins.table()
        };
    }

    /** With tables of any kind in the place of the kinds there are. */
    Rules(final int instruments, final RuleTable... kinds) {
        this.instruments = instruments;
        this.kinds = kinds;
        termUpdates = new TermUpdates(instruments);
        index = new IndexRules(0);
        mark = new MarkRules(0);
        closed = new ClosedRules(0);
        funding = new FundingRules(0);
        liquidation = new LiquidationRules(0);
        margins = new MarginRules(0);
    }

    /** How indices are made of their sources. */
    public IndexRules index() {
        return index;
    }

    /** How marks are made. */
    public MarkRules mark() {
        return mark;
    }

    /** What happens while primary markets are closed. */
    public ClosedRules closed() {
        return closed;
    }

    /** How instruments fund. */
    public FundingRules funding() {
        return funding;
    }

    /** How positions are liquidated. */
    public LiquidationRules liquidation() {
        return liquidation;
    }

    /** What margin rates are by size. */
    public MarginRules margins() {
        return margins;
    }

    /** Changes of contract terms. */
    public TermUpdates termUpdates() {
        return termUpdates;
    }

    /** Takes another capacity; only while no instrument is defined. */
    public void resize(final int instruments) {
        this.instruments = instruments;
        termUpdates.table().resize(instruments);
        for (final RuleTable kind : kinds) {
            kind.resize(instruments);
        }
    }

    /**
     * Puts in force what has waited for this sequence, of one instrument at a time.
     *
     * @return the instrument, or {@link #NONE} when nothing is due any more.
     */
    public int activateNext(final long sequence) {
        if (!isDue(sequence)) {
            return NONE;
        }
        for (int instrument = 0; instrument < instruments; instrument++) {
            boolean activated = termUpdates.table().activate(instrument, sequence);
            for (final RuleTable kind : kinds) {
                activated |= kind.activate(instrument, sequence);
            }
            if (activated) {
                return instrument;
            }
        }
        return NONE;
    }

    private boolean isDue(final long sequence) {
        if (termUpdates.table().nextActivation() <= sequence) {
            return true;
        }
        for (final RuleTable kind : kinds) {
            if (kind.nextActivation() <= sequence) {
                return true;
            }
        }
        return false;
    }

    /** One hash over contract and rules in force: the contract's own while there are no rules beside it. Updates of terms are
     * in the contract's. */
    public long combinedHash(final int instrument, final long contractHash) {
        long combined = contractHash;
        for (int kind = 0; kind < kinds.length; kind++) {
            if (kinds[kind].isDefined(instrument)) {
                combined = XxHash64.mix(combined + kind + 1) ^ kinds[kind].ruleHash(instrument);
            }
        }
        return combined;
    }

    @Override
    public void visit(final StateVisitor visitor) {
        termUpdates.table().visit(visitor);
        for (final RuleTable kind : kinds) {
            kind.visit(visitor);
        }
    }
}
