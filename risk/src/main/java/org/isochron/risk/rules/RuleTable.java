package org.isochron.risk.rules;

import org.isochron.risk.state.DerivedState;
import org.isochron.risk.state.InvariantViolation;
import org.isochron.risk.state.StateOwner;
import org.isochron.risk.state.StateTable;
import org.isochron.risk.state.StateVisitor;

/**
 * Rules of one kind: for each instrument a row in force and one that waits for its sequence. What a field means is the
 * business of the class that owns the table. To set rules: {@link #stage} every field, then {@link #adopt} or {@link
 * #announce} them. An instrument that never got any has fields of 0 and the hash 0.
 */
public final class RuleTable implements StateOwner, DerivedState {
    /** No sequence: nothing waits. */
    public static final long NEVER = Long.MAX_VALUE;

    /** Sequence from which a waiting row is in force, 0 when none waits. */
    private static final int ACTIVATION = 0;

    private static final int RULE_HASH = 1;
    private static final int HEADER = 2;

    private final StateTable table;
    private final long[] staged;
    /** Derived: lowest sequence that anything waits for. */
    private long nextActivation = NEVER;

    /**
     * @param name   of the table, unique among all tables of state.
     * @param fields longs in one set of rules.
     */
    public RuleTable(final String name, final int instruments, final int fields) {
        table = new StateTable(name, 2 * instruments, HEADER + fields);
        staged = new long[fields];
    }

    /** Takes another capacity; only while no instrument is defined. */
    public void resize(final int instruments) {
        table.resize(2 * instruments);
    }

    /** Whether the instrument has rules of this kind in force. */
    public boolean isDefined(final int instrument) {
        return ruleHash(instrument) != 0;
    }

    /** Field of the rules in force, 0 while there are none. */
    public long get(final int instrument, final int field) {
        return table.get(inForce(instrument), HEADER + field);
    }

    /** The same of a field that fits 32 bits. */
    public int getInt(final int instrument, final int field) {
        return table.getInt(inForce(instrument), HEADER + field);
    }

    /** Whether rules of this kind wait for their sequence. */
    public boolean isAnnounced(final int instrument) {
        return table.get(waiting(instrument), ACTIVATION) != 0;
    }

    /** Field of the rules that wait for their sequence, or another value when none do. */
    public long announced(final int instrument, final int field, final long otherwise) {
        return isAnnounced(instrument) ? table.get(waiting(instrument), HEADER + field) : otherwise;
    }

    /** A field of the rules about to be set. */
    public void stage(final int field, final long value) {
        staged[field] = value;
    }

    /** The staged rules are in force from now on; what waited is dropped. */
    public void adopt(final int instrument, final long ruleHash) {
        write(inForce(instrument), 0, ruleHash);
        clearWaiting(instrument);
    }

    /** The staged rules come into force with the command of that sequence; they replace what waited. */
    public void announce(final int instrument, final long activationSequence, final long ruleHash) {
        write(waiting(instrument), activationSequence, ruleHash);
        findNextActivation();
    }

    private void write(final int row, final long activationSequence, final long ruleHash) {
        table.set(row, ACTIVATION, activationSequence);
        table.set(row, RULE_HASH, ruleHash);
        for (int field = 0; field < staged.length; field++) {
            table.set(row, HEADER + field, staged[field]);
        }
    }

    private void clearWaiting(final int instrument) {
        final int row = waiting(instrument);
        if (table.get(row, ACTIVATION) != 0) {
            for (int cell = 0; cell < HEADER + staged.length; cell++) {
                table.set(row, cell, 0);
            }
            findNextActivation();
        }
    }

    /** Sequence at which the next waiting rules come into force, {@link #NEVER} when none wait. */
    public long nextActivation() {
        return nextActivation;
    }

    /** Whether rules of the instrument have waited for this sequence or an earlier one; they are in force from now on. */
    public boolean activate(final int instrument, final long sequence) {
        final int from = waiting(instrument);
        final long activation = table.get(from, ACTIVATION);
        if (activation == 0 || activation > sequence) {
            return false;
        }
        for (int field = 0; field < staged.length; field++) {
            staged[field] = table.get(from, HEADER + field);
        }
        adopt(instrument, table.get(from, RULE_HASH));
        return true;
    }

    private void findNextActivation() {
        nextActivation = earliestActivation();
    }

    private long earliestActivation() {
        long next = NEVER;
        for (int row = 1; row < table.rows(); row += 2) {
            final long activation = table.get(row, ACTIVATION);
            if (activation != 0) {
                next = Math.min(next, activation);
            }
        }
        return next;
    }

    /** Hash of the rules in force, as their definition gave it; 0 when there are none. */
    public long ruleHash(final int instrument) {
        return table.get(inForce(instrument), RULE_HASH);
    }

    private static int inForce(final int instrument) {
        return 2 * instrument;
    }

    private static int waiting(final int instrument) {
        return 2 * instrument + 1;
    }

    @Override
    public void visit(final StateVisitor visitor) {
        visitor.part(table);
        visitor.derived(this);
    }

    @Override
    public void rebuild() {
        findNextActivation();
    }

    @Override
    public void verify() {
        if (nextActivation != earliestActivation()) {
            throw new InvariantViolation(table.name() + ": rules come into force at " + earliestActivation()
                    + ", they are looked for at " + nextActivation);
        }
    }
}
