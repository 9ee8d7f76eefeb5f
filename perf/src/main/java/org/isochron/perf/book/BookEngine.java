package org.isochron.perf.book;

import org.isochron.perf.flow.FlowCommand;
import org.isochron.perf.flow.OrderFlow;

/** A book that applies the commands of an {@link OrderFlow} and writes its trades to the tape it was made with. */
public interface BookEngine {
    /**
     * Applies one command.
     *
     * @param word packed as {@link FlowCommand} says.
     * @param id   id of the order.
     * @throws IllegalStateException when the engine refuses the command: every command of a stream can be carried out.
     */
    void apply(long word, long id);
}
