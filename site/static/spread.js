/**
 * Move places apart until neighbours are at least `gap` from each other, each as little as that takes.
 *
 * Places that are too near form a block around their own middle; blocks that touch become one. A block that would
 * reach over an end of the room is moved inside.
 *
 * @param {number[]} places
 * @param {number} gap
 * @param {[number, number]} room the lowest and the highest place allowed
 * @returns {number[]} the new places, in the order of the old
 */
export function spread(places, gap, room) {
  const order = [...places.keys()].filter((index) => Number.isFinite(places[index])).sort((a, b) => places[a] - places[b])
  const blocks = []
  for (const index of order) {
    blocks.push(block([index], places, gap, room))
    while (blocks.length > 1 && overlap(blocks.at(-2), blocks.at(-1), gap)) {
      const [above, below] = blocks.splice(-2)
      blocks.push(block([...above.members, ...below.members], places, gap, room))
    }
  }
  const moved = [...places]
  for (const { members, middle } of blocks) {
    members.forEach((index, rank) => (moved[index] = middle + gap * (rank - (members.length - 1) / 2)))
  }
  return moved
}

function overlap(above, below, gap) {
  return below.middle - above.middle < (gap * (above.members.length + below.members.length)) / 2
}

function block(members, places, gap, [low, high]) {
  const middle = members.reduce((sum, index) => sum + places[index], 0) / members.length
  const half = (gap * (members.length - 1)) / 2
  return { members, middle: Math.max(low + half, Math.min(high - half, middle)) }
}
