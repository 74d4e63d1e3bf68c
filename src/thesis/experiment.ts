/** What all trainings of the thesis have in common (sections 3.1 to 3.4), beside its dataset. */

export const THESIS_EPOCHS = 3000;

/** The largest final RMSE of a converged training, in original units. */
export const THESIS_CONVERGED_RMSE = 0.07;

/** Figure 4.22: each cell was trained until so many networks had converged. */
export const THESIS_CONVERGENCES_PER_CELL = 3;
