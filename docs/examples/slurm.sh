#!/bin/bash
# A Slurm job array that trains a sweep in 16 shards: sbatch slurm.sh
# A task that was killed or preempted goes on when it is submitted again, as sbatch --array=5,9 slurm.sh.
#SBATCH --job-name=lrn
#SBATCH --array=1-16
#SBATCH --cpus-per-task=8
#SBATCH --time=04:00:00
#SBATCH --requeue
set -eu

shards=16 # as in --array; not $SLURM_ARRAY_TASK_COUNT, which is smaller where a few are submitted again
npx lrn sweep configs/thesis.json --seeds 1000 --workers "${SLURM_CPUS_PER_TASK:-1}" \
  --shard "$SLURM_ARRAY_TASK_ID/$shards" --out "results/thesis-shards/$SLURM_ARRAY_TASK_ID"
