// SPDX-License-Identifier: Apache-2.0
// Colors of the pictures: ground, soft, main, accent.

export const palettes = {
  sage: ['#e9efe6', '#d0dccb', '#5f7f62', '#e3b261'],
  clay: ['#f6eae3', '#ecd5c5', '#b5654a', '#f0c9a0'],
  ink: ['#e7ebf1', '#ccd6e3', '#2f4a6b', '#e5a663'],
  plum: ['#f1e8ee', '#dfc9d8', '#6d3f5b', '#e6b8a2'],
  mustard: ['#f8f0dc', '#eeddb0', '#c9922e', '#6b4e2e'],
  teal: ['#e2efef', '#c1dddc', '#2f7577', '#f1c27a'],
  rose: ['#f9e9e9', '#f0cfcf', '#c0616b', '#f5ddb8'],
  charcoal: ['#ececea', '#d8d8d4', '#3b3f45', '#d98f5c'],
  forest: ['#e6ede7', '#c8d8cc', '#2e5443', '#d9b36c'],
  sky: ['#e5f0f7', '#c7dfee', '#4a86ad', '#f4d08b'],
  sand: ['#f5f0e6', '#e6dac3', '#a78b5f', '#5e7a78'],
  brick: ['#f7e8e2', '#eccabd', '#9c3f2f', '#e9b872'],
  lilac: ['#eeeaf5', '#d9d0ea', '#7463a5', '#f2c6a5'],
  mint: ['#e4f3ec', '#c4e4d4', '#3f8f72', '#f3d9a0'],
  cocoa: ['#f1e9e3', '#ddcbbd', '#6b4636', '#d9a066'],
  gold: ['#faf3df', '#f1e2b3', '#b98b1e', '#3f5b52'],
};
